"""Makes the program that an owner installs: build, smoke test."""
