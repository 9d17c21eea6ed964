"""The web chat. Gradio takes seconds to import, so nothing heavy is imported before :func:`main` runs."""

from assistant.web.serve import main

__all__ = ["main"]
