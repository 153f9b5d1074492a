"""Warnings that were raised, their history, and dates that come close."""
