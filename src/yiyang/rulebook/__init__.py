"""Says what the law says, with its clause: one folder per place, named by its administrative code."""
