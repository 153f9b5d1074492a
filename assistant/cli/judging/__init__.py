"""Commands to judge situations and manage user rules."""
