"""Books: charges, allocation of amounts to items, and the entries that exports are made of."""
