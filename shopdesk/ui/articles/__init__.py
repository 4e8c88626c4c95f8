"""Articles in the window."""
