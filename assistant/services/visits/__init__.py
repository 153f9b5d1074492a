"""Answers visits: finds the account of a page, stores its data, and replies."""
