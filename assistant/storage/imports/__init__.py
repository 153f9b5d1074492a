"""Imported documents, kept pages and quarantine as rows."""
