"""The words that Amazon prints, in each language, and what they mean."""
