"""The first start: one page."""
