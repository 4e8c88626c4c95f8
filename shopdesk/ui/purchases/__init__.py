"""Purchase orders and the suppliers they go to."""
