"""Gets a message to a person and knows whether it arrived.

A message is the key of a text and sealed values, never a text in clear. It never looks a person up: whoever
sends hands the number over. Messages leave after the commit, by a process or a thread of their own.
"""
