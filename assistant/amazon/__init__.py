"""Reading Amazon: everything that breaks when Amazon changes a page. Pure: bytes and texts in, domain values out."""
