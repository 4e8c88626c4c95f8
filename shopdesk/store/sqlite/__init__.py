"""What only SQLite knows: full-text search."""
