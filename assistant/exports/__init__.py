"""One file per format that leaves the ledger."""
