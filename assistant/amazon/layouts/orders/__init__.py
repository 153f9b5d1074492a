"""Layouts of pages about orders and payments."""
