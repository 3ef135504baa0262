"""Who looked and who changed: the log, its seals and their heads, reading it, what is done too often."""
