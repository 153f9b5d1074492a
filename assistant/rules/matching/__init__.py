"""Whether titles and words match: spelling, compounds, segments, similar titles."""
