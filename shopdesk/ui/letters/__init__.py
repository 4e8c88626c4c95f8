"""Labels and letters to a selection of customers."""
