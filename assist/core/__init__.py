"""The functional core: the values of a chat, and the functions of the line over them.

Nothing here reads a file, a clock or a socket; time enters as data. Nothing here knows a library.
"""
