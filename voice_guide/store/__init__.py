"""What outlives a session: the journal, and what is told from it: history, limits, report."""
