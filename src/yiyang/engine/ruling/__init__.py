"""The law as expression trees: built once for a day, evaluated for one person, explained as data.

The scalar evaluation in ``evaluating`` is the reference meaning; ``engine.sweeping`` must agree with it.
"""
