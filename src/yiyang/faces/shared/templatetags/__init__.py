"""Template filters and tags of all faces."""
