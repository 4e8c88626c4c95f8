"""Customers in the window."""
