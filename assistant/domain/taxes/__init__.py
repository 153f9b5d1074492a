"""Tax forms: what they look like, which entry goes into which line, and what is still open."""
