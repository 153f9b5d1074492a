"""The register of accounts, and comparing two of them."""
