"""Dated statements in order, and events that sources date differently."""
