"""Real-time assist for people who answer customers by chat.

Importing this package changes nothing and loads no model: it only names the version.
"""

from assist.__about__ import __version__

__all__ = ["__version__"]
