"""Paired clients as rows."""
