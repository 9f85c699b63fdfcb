"""The embedded platform: the contract, implemented on SQLite.

`embedded.Platform` is the running platform, `admin.Admin` looks after its file, `serve.serve` puts it on a port.
It shares no code with the client: the two meet in the contract only.
"""
