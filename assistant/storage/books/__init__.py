"""Charges and sums as rows."""
