"""Heute in the window."""
