"""Tax forms as data: one file per form, and one per form and year."""
