"""What other departments and offices send: taken in by stages, looked at by a second person, merged by rows.

The room knows files, batches, rows and tickets; what a row means stands in ``kinds``.
"""
