"""How well turns are read: labelled sets through the line, beside plain rivals, as tables."""
