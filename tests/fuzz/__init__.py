"""Broken input for every reader: stored seeds (seeds/<reader>/, all of our own making) and what mutation makes of them.

`python3 dev.py fuzz [reader] [--seconds 60] [--seed N]` looks for long, the checks for five seconds each. An input that
was found is mended and stored as a seed.
"""
