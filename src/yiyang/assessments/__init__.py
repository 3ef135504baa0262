"""What a person can do, measured by GB/T 42195-2022, valid until a day, recognised in the whole city.

It never decides what follows from a level: upper rooms hear ``AssessmentSettled``.
"""
