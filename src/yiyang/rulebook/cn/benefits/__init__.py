"""Every benefit and service of the law; importing a module declares its rules."""
