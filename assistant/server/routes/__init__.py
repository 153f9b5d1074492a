"""One resource, one file."""
