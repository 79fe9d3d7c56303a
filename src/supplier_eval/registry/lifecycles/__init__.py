"""The life cycles, one file a chapter of the policy: which event leads from which state to which."""
