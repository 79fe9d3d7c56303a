"""Formulas of the site as MathML, which browsers show by themselves: no script, nothing asked of the network."""

from __future__ import annotations

import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator


def inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line."""
    translator.body.append(convert(_tidy(node.astext())))
    raise nodes.SkipNode


def block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula of its own, each part that a blank line divides below the other."""
    for part in re.split(r"\n\s*\n", node.astext().strip()):
        formula = rf"\begin{{aligned}}{part}\end{{aligned}}" if r"\\" in part else part
        translator.body.append(f'<div class="math">{convert(_tidy(formula), display="block")}</div>\n')
    raise nodes.SkipNode


def _tidy(formula: str) -> str:
    return formula.strip().replace(r"\_", "_")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx."""
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
