"""Words of the site: links named after a file bear its title, and long names in a wide table break where they may."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def name_pages(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the title in the place of the file's name."""
    titles = {PurePosixPath(page).name + ".md": title for page, title in app.env.titles.items()}
    for link in doctree.findall(nodes.reference):
        if link.get("internal") and link.astext() in titles:
            title = titles[link.astext()].astext()
            link.clear()
            link.append(nodes.inline(title, title))


def fit_page(app: Sphinx, pagename: str, template: str, context: dict[str, object], doctree: object) -> None:
    """Say which pages are Chinese; let paths and codes of the policy map break, so that six columns fit a screen."""
    if pagename.endswith(".zh-CN"):
        context["language"] = "zh-CN"
        within = r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])"  # no blank in Chinese
        context["body"] = re.sub(within, "", str(context["body"]))
    if pagename == "policy-map":
        name = r'(?<=<span class="pre">)[^<]+'
        context["body"] = re.sub(name, lambda found: re.sub(r"([/._])", r"\1<wbr>", found[0]), str(context["body"]))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx."""
    app.connect("doctree-resolved", name_pages)
    app.connect("html-page-context", fit_page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
