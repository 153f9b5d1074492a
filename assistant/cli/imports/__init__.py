"""Commands about imports."""
