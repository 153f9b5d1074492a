"""Files that other tools write about Amazon orders."""
