"""What each elder page shows: frozen records that the views fill and the templates lay out.

Pure: facts go in as arguments, ``today`` and ``now`` among them; nothing is looked up. A template gets two
names: ``page``, a record of this package, and ``frame`` (``frames.Frame``).
"""
