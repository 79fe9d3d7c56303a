"""Its moves."""
