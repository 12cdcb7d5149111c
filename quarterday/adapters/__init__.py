"""Everything that touches the world: settings, configuration files, register, store, mail, reading of files."""
