"""Commands that judge, and the user's rules."""
