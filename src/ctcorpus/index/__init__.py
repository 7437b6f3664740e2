"""Passages -> postings, behind one small contract (``base``); three engines: memory, disk, cluster."""
