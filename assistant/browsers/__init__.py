"""Windows of the user's own, one profile per account."""
