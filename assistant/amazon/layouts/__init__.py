"""One file per kind of page: where each generation of Amazon's layout keeps its values."""
