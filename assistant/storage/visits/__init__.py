"""Visits as rows."""
