"""Month end: what the adviser gets."""
