"""The outbox in the window."""
