"""Layouts of pages around buying: cart, checkout, product, offers, forms."""
