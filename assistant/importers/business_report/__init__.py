"""Amazon Business order reports."""
