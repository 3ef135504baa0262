"""Eligible people nobody has served yet, and the attempts to reach them (政策找人).

It never decides who is eligible: leads follow the standings of ``entitlements``.
"""
