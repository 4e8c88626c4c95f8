"""Payments in the window."""
