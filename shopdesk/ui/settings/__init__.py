"""The settings: one searchable page."""
