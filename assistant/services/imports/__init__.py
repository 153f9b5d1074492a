"""Imports: store documents, keep pages to reread, hold orders in quarantine."""
