"""How an answer looks: columns and rows in, bytes out. Knows kinds of values and no client.

`output` owns stdout and stderr; `chooser` imports the one `as_*` module an answer needs; `read_*` are the way back.
"""
