"""Widgets of the terminal app, one file each; none of them sees the client."""
