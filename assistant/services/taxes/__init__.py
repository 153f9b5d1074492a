"""Tax years: setting up, filling, locking and exporting forms."""
