"""The window around the pages: side bar, palette, toasts, keys."""
