"""To follow."""
