"""Minle county, Gansu: all amounts of its own; it has opened accident insurance and smart-home safety."""
