"""Each JSON shape, declared once."""
