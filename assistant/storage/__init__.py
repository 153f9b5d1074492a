"""The ledger on disk: tables, queries, migrations."""
