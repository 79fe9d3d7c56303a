"""Results: every name that does not exist is said, and nobody changes a result from outside."""
