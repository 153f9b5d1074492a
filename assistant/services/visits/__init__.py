"""Answers opened pages: whose they are, what they say, what to reply."""
