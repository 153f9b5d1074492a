"""The terminal app, a client of the local server."""
