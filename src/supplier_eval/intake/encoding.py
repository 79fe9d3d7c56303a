"""Which encoding a text file was written in: a fixed rule, no statistics, and a finding where it gives none.

1. A declared encoding wins. 2. A byte-order mark (UTF-8, UTF-16). 3. Valid UTF-8. 4. GB18030, when the bytes
are valid and at least three quarters of the first 100,000 characters outside ASCII are hanzi or punctuation
of GB 2312; text in Latin-1, Big5, Shift-JIS or EUC-JP does not pass. 5. A finding that asks for the encoding.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import FileRefusedError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHINESE = ("gb18030", "gbk", "gb2312", "big5", "cp950", "big5hkscs")
WESTERN = ("ascii", "cp1250", "cp1251", "cp1252", "iso8859-1", "iso8859-2", "iso8859-15")
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
DECLARABLE = frozenset((*UNICODE, *CHINESE, *WESTERN, "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"))
PLAUSIBLE_SHARE = 0.75
JUDGED = 100_000
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
LINE_END = re.compile(r"\r\n|\n|\r")


def decode(data: bytes, table: str, encoding: str | None = None) -> tuple[str, str, list[Finding]]:
    """Text of a file, with the encoding that was used.

    Parameters
    ----------
    data : bytes
        The whole file.
    table : str
        Name that findings carry.
    encoding : str or None
        Declared encoding; None lets the rule at the head of this module decide.

    Returns
    -------
    tuple of (str, str, list of Finding)
        Text without byte-order mark, name of the encoding, warnings.

    Raises
    ------
    FileRefusedError
        Unknown encoding, bytes that cannot be read, NUL characters, an encoding that cannot be told.
    """
    mark, marked = next(((m, name) for m, name in MARKS if data.startswith(m)), (b"", ""))
    chosen = _declared(encoding, marked, table) if encoding else marked
    body = data[len(mark) :]
    if not chosen:
        chosen = "utf-8" if _is_utf8(body) else "gb18030" if _is_chinese(body) else ""
    if not chosen:
        raise FileRefusedError(_unrecognised(body, table))
    text = _read(body, chosen, table, offset=len(mark))
    if "\x00" in text:
        at = text.index("\x00")
        byte = len(mark) + len(text[:at].encode(chosen)) + 1
        facts = {"byte": byte}
        raise FileRefusedError(Finding("files.encoding.nul", table, rows=(row_at(text, at),), facts=facts))
    return text, chosen, _damaged_earlier(text, table)


def row_at(text: str, position: int) -> int:
    """Sheet row in which a position of a csv text lies: a line end counts when no quote is open."""
    parts = text[:position].split('"')[::2]
    return 1 + sum(len(LINE_END.findall(part)) for part in parts)


def _declared(encoding: str, marked: str, table: str) -> str:
    """The declared encoding by its codec's name, checked against the mark of the file."""
    try:
        name = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError):
        name = ""
    if name not in DECLARABLE:
        raise FileRefusedError(Finding("files.encoding.unknown", table, value=encoding))
    name = {"gbk": "gb18030", "gb2312": "gb18030", "utf-8-sig": "utf-8"}.get(name, name)
    if name == "utf-16":
        if not marked:
            raise FileRefusedError(Finding("files.encoding.no_mark", table, value=encoding))
        name = marked if marked.startswith("utf-16") else name
    if marked and name != marked:
        raise FileRefusedError(Finding("files.encoding.conflict", table, value=encoding, facts={"found": marked}))
    return name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(data: bytes) -> bool:
    """Valid GB18030, and most characters outside ASCII lie in the rows of GB 2312 that are in use."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = "".join(islice((run.group() for run in NOT_ASCII.finditer(text)), JUDGED))[:JUDGED]
    coded = foreign.encode("gb18030")
    plausible, i = 0, 0
    while i < len(coded):
        lead, trail = coded[i], coded[i + 1]
        plausible += trail >= 0xA1 and (0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xF7)
        i += 4 if 0x30 <= trail <= 0x39 else 2
    return bool(foreign) and plausible >= PLAUSIBLE_SHARE * len(foreign)


def _read(data: bytes, encoding: str, table: str, offset: int) -> str:
    """Decode, or refuse with the row and the byte (counted from 1) that cannot be read."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        value = data[error.start : error.start + 4].hex(" ")
        facts = {"encoding": encoding, "byte": offset + error.start + 1}
        row = row_at(before, len(before))
        finding = Finding("files.encoding.undecodable", table, rows=(row,), value=value, facts=facts)
        raise FileRefusedError(finding) from None


def _unrecognised(data: bytes, table: str) -> Finding:
    """The finding for bytes that fit no rule; points at the first byte that is not UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        facts = {"byte": error.start + 1}
        value = data[error.start : error.start + 4].hex(" ")
        row = row_at(before, len(before))
        return Finding("files.encoding.not_recognised", table, rows=(row,), value=value, facts=facts)
    raise AssertionError("valid UTF-8 has an encoding")


def _damaged_earlier(text: str, table: str) -> list[Finding]:
    """A warning for U+FFFD: some program before us could not read a character and saved the mark instead."""
    if "\ufffd" not in text:
        return []
    rows = dict.fromkeys(row_at(text, match.start()) for match in list(re.finditer("\ufffd", text))[:100])
    return [Finding("files.encoding.replacement", table, rows=tuple(rows), severity="warning")]
