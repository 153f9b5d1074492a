"""Reads and writes situations in the form of described files."""
