"""Widgets of the terminal app, one file each. They do not use the client."""
