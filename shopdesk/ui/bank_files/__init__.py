"""Bank files: what came in, and which invoice it pays."""
