"""The books as rows: entries, charges, claims, splits."""
