"""For whoever keeps the installation running: how it is, and nothing of anybody."""
