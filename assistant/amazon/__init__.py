"""Reading Amazon: everything that breaks when Amazon changes a page. Pure."""
