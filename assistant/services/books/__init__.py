"""The books: entries, splits, claims and exports."""
