"""What a person is due and why; sweeps over everybody; what was decided is never rewritten.

It never pays and never visits: it says, keeps the reason, and tells upper rooms what changed.
"""
