"""Keys and what they seal: the ring, the suites, sealed columns, blind indexes, rotation, sealed files."""
