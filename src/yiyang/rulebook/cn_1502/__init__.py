"""Baotou: what the city and three of its counties set differently. Shows override (city), add (150203) and floor (150204, 150223)."""
