"""Stating: what maintainers say of sources and settings, in files that people write."""
