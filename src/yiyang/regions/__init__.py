"""The tree of places and who governs which branch.

Owns the places of law (nation, region, city, county, township, community) with their validity dates, the
sketched outlines for our own map and the inner points of counties. It never knows who lives there and never
copies ancestors into people: a branch is a prefix of the division code.
"""
