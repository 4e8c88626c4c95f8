"""Reports: how fast the shop is."""
