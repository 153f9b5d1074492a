"""Text for tax years and receipts."""
