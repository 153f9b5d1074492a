"""Builds situations from pages and the ledger, and runs the rules on them."""
