"""Late deliveries in the window."""
