"""The corpus of the demo model: our own templates, by theme; build.py mixes them."""
