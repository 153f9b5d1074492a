"""Pairing: clients that may use the server, and the sealed link with a browser."""
