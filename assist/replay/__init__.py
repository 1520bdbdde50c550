"""Transcripts through the line: the same road as live chats, with a file at both ends."""
