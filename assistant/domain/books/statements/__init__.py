"""Card statements: their lines, what these pay for, months that are reconciled."""
