"""Origins: which articles share words or a named source."""
