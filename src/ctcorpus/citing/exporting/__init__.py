"""Exporting: cited passages in the form that the next tool takes, and as a pack that stands alone."""
