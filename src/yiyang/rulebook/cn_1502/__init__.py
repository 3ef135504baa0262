"""Baotou: what the city and three counties set differently, by override, add and floor."""
