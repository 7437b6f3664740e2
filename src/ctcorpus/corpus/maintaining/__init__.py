"""Maintaining: what brings a store up to date, says how it is, copies it, and takes things out of it."""
