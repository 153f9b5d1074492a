"""Files of Amazon's own data export and of its older order reports."""
