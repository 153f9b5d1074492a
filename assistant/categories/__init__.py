"""Telling what kind of thing something is, offline: from a report's code, or from its title.

`seeds/` holds one file per language: words and phrases that titles of each category are full of.
"""
