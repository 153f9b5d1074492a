"""One module per source of orders. Importers only read; they never write to the ledger."""
