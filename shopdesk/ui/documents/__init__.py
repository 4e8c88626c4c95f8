"""Quotes and invoices: the lists and the editor."""
