"""The guards of the moves, one file a chapter of the policy; they read and object, and never write."""
