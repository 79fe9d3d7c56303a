"""The kinds of records, one file a chapter of the policy; each declares its fields and its clauses."""
