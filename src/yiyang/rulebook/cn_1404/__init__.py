"""Changzhi, Shanxi: all amounts of its own; one of its counties tops up."""
