"""From answers of the rooms to pages."""
