"""Readers of card and bank statements: CSV, OFX, QIF."""
