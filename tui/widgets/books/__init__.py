"""How entries, claims, questions and statements of the books are written, in one line and in full."""
