"""Tools that importers share: opening files, rows, cells, problems."""
