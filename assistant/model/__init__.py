"""The language model: words what the program has found, and is believed in nothing."""
