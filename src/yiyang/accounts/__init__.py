"""Who signs in, for whom they speak, which duties they hold and where.

It never knows an older person's data: a ``User`` of kind PERSON carries the bare id of a ``Person``.
"""
