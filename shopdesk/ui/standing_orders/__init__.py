"""Standing orders, and the last order once more."""
