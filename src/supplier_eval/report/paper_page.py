"""Documents for the file as HTML pages: A4 in print, fingerprints at the foot of every page (CSS Paged Media)."""

from __future__ import annotations

from pathlib import Path

from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.paper import Paper
from supplier_eval.report.words import words

WORD_ENDINGS = {".docx"}


def paper_html(paper: Paper) -> str:
    """Give a document as the text of one HTML page that needs nothing else.

    Notes
    -----
    The running foot is a margin box of the printed page, which Chromium, Edge and Chrome set from version 131 on; other
    browsers print it once, at the end.
    """
    say = words(paper.lang)
    return render(
        "paper.html.j2",
        lang=language_tag(paper.lang),
        say=say,
        paper=paper,
        blocks=[(type(block).__name__.lower(), block) for block in paper.blocks],
        across=say["standing.watermark"] if paper.standing != "binding" else "",
    )


def save_paper(paper: Paper, path: str | Path) -> Path:
    """Write a document as its file's ending asks: ``.docx`` as Word, everything else as HTML.

    Raises
    ------
    MissingExtra
        If Word is asked for and python-docx is not installed.
    """
    target = Path(path)
    if target.suffix.lower() in WORD_ENDINGS:
        from supplier_eval.report.word import write_word

        return write_word(paper, target)
    return save_page(paper_html(paper), target, "paper.html")
