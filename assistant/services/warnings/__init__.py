"""Warnings, their history, and upcoming dates."""
