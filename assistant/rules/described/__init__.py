"""A situation as a file describes it: reading it, and writing one down."""
