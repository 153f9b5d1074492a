"""Commands about spending, splits, claims and exports."""
