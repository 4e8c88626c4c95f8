"""One file per step, each with DDL of its own: a step never imports today's tables."""
