"""Decisions, sweeps, requests and disagreements; each act is one transaction."""
