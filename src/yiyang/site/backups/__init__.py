"""Copies of the database and the way back: whole or not at all, sealed, never with the keys."""
