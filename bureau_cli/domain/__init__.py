"""What the words mean: frozen values that can be read aloud to a payroll clerk. No library, no file, no screen."""
