"""The service: sockets, tasks, the turn log and the clock, around a line that knows none of them.

Nothing here decides anything about a chat. What it is told, it stores; what it stored, it folds
through the line; what the line says, it numbers and sends.
"""
