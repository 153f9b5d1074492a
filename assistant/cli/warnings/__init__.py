"""Commands about warnings and dates."""
