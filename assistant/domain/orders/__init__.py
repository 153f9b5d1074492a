"""Orders: what each source says, how sources are merged, and what the user corrects."""
