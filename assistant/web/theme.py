"""Gradio's components in our colours: each is a variable of ``static/page.css``, which knows light and dark."""

from __future__ import annotations

from typing import Any

import gradio as gr

# Fonts of the reader's system: nothing is fetched from elsewhere.
FONTS = ("system-ui", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_COLOURS = {
    "body_background_fill": "--paper",
    "body_text_color": "--ink",
    "body_text_color_subdued": "--ink-soft",
    "background_fill_primary": "--paper",
    "background_fill_secondary": "--card",
    "block_background_fill": "--card",
    "border_color_primary": "--line",
    "color_accent_soft": "--tint",
    "border_color_accent": "--accent",
    "link_text_color": "--accent",
    "input_background_fill": "--card",
    "input_background_fill_focus": "--card",
    "input_border_color": "--line",
    "input_border_color_focus": "--accent",
    "input_placeholder_color": "--ink-soft",
    "button_primary_background_fill": "--accent",
    "button_primary_background_fill_hover": "--accent-deep",
    "button_primary_text_color": "--on-accent",
    "button_secondary_background_fill": "--card",
    "button_secondary_background_fill_hover": "--tint",
    "button_secondary_text_color": "--ink",
    "button_secondary_border_color": "--line",
}


def theme() -> Any:
    """Return the theme; light and dark are the same names, so that the style sheet alone decides."""
    both = {name + suffix: f"var({colour})" for name, colour in _COLOURS.items() for suffix in ("", "_dark")}
    base = gr.themes.Base(font=FONTS, font_mono=("ui-monospace", "Menlo", "Consolas", "monospace"))
    return base.set(**both)
