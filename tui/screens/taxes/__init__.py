"""Tax years and their receipts."""
