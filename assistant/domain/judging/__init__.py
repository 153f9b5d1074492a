"""Verdicts and reasons, and the rules that users write."""
