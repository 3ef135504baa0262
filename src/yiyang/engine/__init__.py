"""Computes and never remembers: no Django, no clock, no network."""
