"""Links that bear the name of a file (``[report.md](report.md)``) bear the title of its page on the site."""

from __future__ import annotations

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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tell Sphinx."""
    app.connect("doctree-resolved", name_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
