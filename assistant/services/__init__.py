"""Use cases: synchronous, one transaction each."""
