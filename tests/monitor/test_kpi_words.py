"""How a figure came about, in sentences."""
