"""Who is calling: the banner and what it leads to."""
