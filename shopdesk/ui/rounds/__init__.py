"""The delivery round in the window."""
