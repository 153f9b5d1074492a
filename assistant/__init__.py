"""Shopper: a local, private assistant for people who own several Amazon buyer accounts."""

__version__ = "0.1.0"
