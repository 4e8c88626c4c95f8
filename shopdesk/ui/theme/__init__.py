"""Colours, sizes and the style sheet: the looks of the window in one place."""
