"""A look-alike shop with invented goods: pages of its own that carry the marks the assistant reads. Nothing is sold here."""
