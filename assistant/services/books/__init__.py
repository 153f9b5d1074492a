"""Books: what goes out to a bookkeeper."""
