"""Documents of every kind: the lists, the editor, the way from one to the next."""
