"""The report: what was planned, done, said and heard, as one page that works offline."""
