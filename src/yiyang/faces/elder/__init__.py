"""The face of the older person: pages under ``/e/``, big, plain, working without scripts.

``words`` holds the vocabulary, ``wording`` makes sentences of explanations, ``showing`` says what each
page shows. Views only fill these; templates only lay them out. Never: a query, a decision, a rule.
"""
