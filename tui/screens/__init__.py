"""Screens of the terminal app, one file each."""
