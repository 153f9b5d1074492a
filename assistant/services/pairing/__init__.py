"""Pairing: who may talk to the server, and the sealed link with a browser."""
