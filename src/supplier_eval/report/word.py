"""Documents for the file as Word documents (extra ``[word]``); the only file that knows python-docx.

Text from outside is text: no field, no link and no markup is made of it. The only fields are the page numbers.
"""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import MissingExtra
from supplier_eval.report.formats import UNSEEN
from supplier_eval.report.paper import Block, Facts, Heading, Items, Paper, Signatures, Text
from supplier_eval.report.table_widths import PAGE_WIDTH, column_widths, fitting_size, padding_of
from supplier_eval.report.tables import Kind, Table
from supplier_eval.report.whole_file import put
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LATIN, CHINESE, CHINESE_HEADINGS = "Arial", "SimSun", "SimHei"
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
BLANK = "_" * 30
SIGNED = (70.0, 68.0, 40.0)
BLUE, WARN, PALE, SOFT = "12355B", "8A1538", "5C5C5C", "E8EEF5"
SHADES = {"first": SOFT, "sum": "F4F5F7", "open": "FBEDEF"}


def write_word(paper: Paper, path: str | Path) -> Path:
    """Write a document as Word.

    Parameters
    ----------
    paper : Paper
        The document.
    path : str or Path
        A file; its folder is made where it does not exist.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    MissingExtra
        If python-docx is not installed, with the command that installs it.
    """
    made = _new_document(paper)
    _head(made, paper)
    for block in paper.blocks:
        _put(made, block, paper)
    content = io.BytesIO()
    made.save(content)
    return put(Path(path), content.getvalue())


def require_word() -> None:
    """Refuse where python-docx is not installed: asked before anything is written.

    Raises
    ------
    MissingExtra
        With the command that installs it.
    """
    try:
        import docx  # noqa: F401 - only asked whether it is there
    except ImportError:
        raise MissingExtra("python-docx", "word") from None


def _new_document(paper: Paper) -> Document:
    """An empty A4 document with our styles, a foot on every page, and no data about who wrote it."""
    require_word()
    import docx
    from docx.shared import Mm

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(20), Mm(24), Mm(9)
    section.header_distance = Mm(8)
    about = made.core_properties
    about.author, about.comments, about.title = "", "", _seen(f"{paper.title}: {paper.subject}")[:255]
    about.created = about.modified = NO_DATE
    about.language = {"zh": "zh-CN", "en": "en-GB"}[paper.lang]
    _styles(made)
    _foot(section, paper)
    return made


def _styles(made: Document) -> None:
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10, "Title": 18, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5, "List Bullet": 10}
    for name, size in sizes.items():
        style: Any = made.styles[name]
        heading = name == "Title" or name.startswith("Heading")
        _fonts(style, CHINESE_HEADINGS if heading else CHINESE)
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(3)
        if heading:
            style.font.color.rgb = RGBColor.from_string(BLUE)
            style.paragraph_format.keep_with_next = True


def _fonts(style: ParagraphStyle, chinese: str) -> None:
    """Set the font for Latin and, apart, for Chinese letters; the theme's fonts would win, so they go."""
    from docx.oxml.ns import qn

    style.font.name = LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:cs"), LATIN)


def _foot(section: Any, paper: Paper) -> None:  # noqa: ANN401 - a section of python-docx
    """Fingerprints and page numbers on every page; the mark of a draft at its head."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    lines = section.footer.paragraphs[0]
    for i, line in enumerate(paper.footer):
        run = _run(lines, line, size=6.5, color=PALE)
        if i + 1 < len(paper.footer):
            run.add_break()
    numbers = section.footer.add_paragraph()
    numbers.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(numbers, "PAGE")
    _run(numbers, " / ", size=8)
    _field(numbers, "NUMPAGES")
    if paper.standing != "binding":
        across = section.header.paragraphs[0]
        across.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(across, words(paper.lang)["paper.draft"], size=14, color=WARN, bold=True)


def _field(paragraph: Paragraph, code: str) -> None:
    """A field of Word, for our own page numbers only."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = _run(paragraph, "", size=8)
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _head(made: Document, paper: Paper) -> None:
    say = words(paper.lang)
    _run(made.add_paragraph(style="Title"), paper.title)
    _run(made.add_paragraph(), paper.subject, bold=True)
    if paper.banner:
        color = BLUE if paper.standing == "binding" else WARN
        banner = made.add_paragraph()
        _run(banner, say[f"standing.{paper.standing}"] + say["text.colon"], bold=True, color=color)
        _run(banner, paper.banner[0])
        for reason in paper.banner[1:]:
            _run(made.add_paragraph(style="List Bullet"), reason)


def _put(made: Document, block: Block, paper: Paper) -> None:
    """Set one part."""
    if isinstance(block, Heading):
        _run(made.add_paragraph(style=f"Heading {block.level}"), block.text)
    elif isinstance(block, Text):
        pale = block.style == "pale"
        color, size = (PALE, 9.0) if pale else ("", 0.0)
        _run(made.add_paragraph(), block.text, color=color, size=size, bold=block.style == "strong")
    elif isinstance(block, Items):
        for entry in block.entries:
            _run(made.add_paragraph(style="List Bullet"), entry)
    elif isinstance(block, Facts):
        _facts(made, block)
    elif isinstance(block, Signatures):
        say = words(paper.lang)
        heads: tuple[tuple[str, Kind], ...] = (
            (say["paper.name"], "text"),
            (say["paper.signature"], "text"),
            (say["paper.date"], "text"),
        )
        people = tuple((person or BLANK, "", "") for person in block.people)
        _table(made, Table("signatures", heads, people, {}), SIGNED)
    else:
        _table(made, block)


def _facts(made: Document, block: Facts) -> None:
    """Label and text in two columns without lines."""
    from docx.shared import Mm

    table = made.add_table(rows=len(block.pairs), cols=2)
    table.autofit = False
    widths = [Mm(50), Mm(PAGE_WIDTH - 50)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, (label, text) in zip(table.rows, block.pairs, strict=True):
        cells = row.cells
        cells[0].width, cells[1].width = widths
        _fill(cells[0], label, color=PALE)
        _fill(cells[1], text or BLANK)
    made.add_paragraph()


def _table(made: Document, block: Table, given: tuple[float, ...] = ()) -> None:
    """A table with its head on every page, whose rows stay whole; with `given` widths its rows are high, to sign in."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    size, free = fitting_size(block), padding_of(block)
    table = made.add_table(rows=1 + len(block.rows), cols=len(block.columns), style="Table Grid")
    table.autofit = False
    _margins(table, free)
    widths = [Mm(width) for width in given or column_widths(block, size)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    kinds = [kind for _, kind in block.columns]
    for i, row in enumerate(table.rows):
        texts = [label for label, _ in block.columns] if i == 0 else list(block.rows[i - 1])
        state = block.marked.get(i - 1, "") if i else ""
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if i == 0:
            properties.append(OxmlElement("w:tblHeader"))
        elif given:
            row.height = Mm(11)
        for cell, text, kind, width in zip(row.cells, texts, kinds, widths, strict=True):
            cell.width = width
            look = {"bold": i == 0 or state in {"first", "sum"}, "color": PALE if state == "out" else ""}
            _fill(cell, text, size=size, right=kind == "figure", **look)
            _shade(cell, "D9E2EC" if i == 0 else SHADES.get(state, ""))
    made.add_paragraph()


def _margins(table: WordTable, free: float) -> None:
    """What cells keep free at their sides; without it Word takes 1.9 mm at each."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    margins = OxmlElement("w:tblCellMar")
    for kept in (OxmlElement("w:left"), OxmlElement("w:right")):
        for name, value in (("w", str(Mm(free / 2).twips)), ("type", "dxa")):
            kept.set(qn(f"w:{name}"), value)
        margins.append(kept)
    table._tblPr.append(margins)


def _shade(cell: _Cell, color: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if color:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _fill(cell: _Cell, text: str, *, right: bool = False, **look: Any) -> None:  # noqa: ANN401 - as `_run` takes it
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(paragraph, text, **look)


def _run(paragraph: Paragraph, text: str, *, size: float = 0.0, color: str = "", bold: bool = False) -> Any:  # noqa: ANN401
    """Text as text, with its line breaks; what is not seen, or turns the line around, is left out."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run("\n".join(_seen(line) for line in text.split("\n")))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    return run


def _seen(line: str) -> str:
    """One line without what `formats.plain` takes out; its indent stays."""
    return "".join(c for c in line if unicodedata.category(c) not in UNSEEN)
