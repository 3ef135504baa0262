"""One record per older person, with dated facts by source and consent.

Owns who a person is (sealed numbers, names, residence, registration), who shares a household, and what each
source said about a person since when: facts are only followed by later ones, never changed. It never decides
what a person is due, and deletes nobody.
"""
