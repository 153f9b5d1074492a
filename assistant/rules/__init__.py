"""One file per rule family: pure functions of a situation."""
