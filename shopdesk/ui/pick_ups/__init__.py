"""Pick-ups in the window."""
