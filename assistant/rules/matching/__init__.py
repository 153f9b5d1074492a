"""Matches titles and words: spelling, compounds, segments, similar titles."""
