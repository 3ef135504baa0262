"""Owns the law of an installation: documents, clauses, dated numbers and their revisions.

It merges what the rulebook ships with what officials approved, and answers which law is in force for a
place on a day. It never decides about a person (``entitlements`` does) and never reads one.
"""
