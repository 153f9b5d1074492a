"""The ledger on disk: SQLModel tables, repositories, migrations."""
