"""A ready household and a look-alike shop, for trying things out and for the end-to-end tests."""
