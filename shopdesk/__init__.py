"""shopdesk: the desk an owner-run shop works at."""

__version__ = "0.1.0"
