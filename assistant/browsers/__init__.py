"""Opens browser windows for the user, one profile per account."""
