"""A period's whole answer kept on this machine: saved, looked at again without the platform, and compared."""
