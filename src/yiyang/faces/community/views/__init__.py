"""Pages of the community phone."""
