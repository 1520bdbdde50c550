"""What is learnt from labelled turns: by our own trainings, and by `assist fit` on a desk's own.

The law: nothing here is needed to read a chat; what it makes is data that the line loads. Whoever
measures a fit does so on turns that no part of it has seen.
"""
