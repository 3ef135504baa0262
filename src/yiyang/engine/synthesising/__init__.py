"""Invented people, exact to the census by county, sex and five-year age; no real person can come out.

``cells`` reads the census, ``recipes`` the rates and name lists, ``counties`` makes one county from them and
``writing`` many. Everything is drawn from ``(seed, county, sex, band)`` or ``(seed, county)``, so a county
made alone is the county within the whole. Only this package and the tests draw random numbers.
"""
