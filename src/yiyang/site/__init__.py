"""Wiring: settings, URLs, servers, the command line."""
