"""A question becomes an answer: ``python -m assistant ask``."""
