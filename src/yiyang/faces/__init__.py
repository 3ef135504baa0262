"""Pages and commands, one package per kind of person: the only place that knows HTTP or the clock."""
