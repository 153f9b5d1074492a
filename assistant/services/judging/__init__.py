"""Build situations from pages and the ledger, and ask the rules about them."""
