"""Finds the category of an item, offline: from the code in a report, or from its title.

`seeds/` holds one file per language: words and phrases that are typical for titles of each category.
"""
