"""Inquiries: the inbox with its clocks, the message, what was recognised, the reply."""
