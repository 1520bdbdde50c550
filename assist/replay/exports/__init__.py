"""Transcripts as chat platforms export them: one module a platform, each with its own shapes.

The law: nothing is left out in silence. What is no turn is counted under its reason; what cannot be
read ends the import with the place where it stands, and none of its words.
"""
