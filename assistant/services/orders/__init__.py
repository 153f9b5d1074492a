"""Orders: lists, details, categories, corrections."""
