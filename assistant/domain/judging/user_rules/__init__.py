"""The user's own rules: their kinds, how they are parsed, and how they read as sentences."""
