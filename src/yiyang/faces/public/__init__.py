"""The front door: an older person goes one way, staff the other."""
