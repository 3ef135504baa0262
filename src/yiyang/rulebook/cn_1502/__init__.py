"""Baotou: what the city and three counties set differently; override, add (150203), floor (150204, 150223)."""
