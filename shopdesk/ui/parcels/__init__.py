"""Can I ship this: the panel beside a document, and the table of shipping services."""
