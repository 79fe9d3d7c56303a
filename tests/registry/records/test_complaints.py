"""Its kinds."""
