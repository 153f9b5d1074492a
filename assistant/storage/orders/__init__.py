"""Orders, items and products as rows."""
