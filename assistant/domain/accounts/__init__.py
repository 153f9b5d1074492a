"""Accounts: identity, addresses, cards, and whether two may be linked."""
