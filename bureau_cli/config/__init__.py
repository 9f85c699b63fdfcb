"""What the user has set: options, BUREAU_ variables, profiles in config.toml, and where a profile's token is kept."""
