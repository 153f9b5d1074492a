"""The terminal app: a client of the local server like any other."""
