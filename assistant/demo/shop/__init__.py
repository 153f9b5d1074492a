"""A look-alike shop with invented goods. Its pages have the marks that Shopper reads. Nothing is sold here."""
