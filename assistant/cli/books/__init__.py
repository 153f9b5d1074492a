"""Commands about spending and exports."""
