"""Tax years as rows: setups, lines of categories, locks and numbered exports."""
