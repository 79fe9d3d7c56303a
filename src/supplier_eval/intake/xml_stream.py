"""XML read as a stream of events under fixed bounds; no tree is built and no entity is ever declared.

The parser is expat. A document type is refused where it begins, so that no entity can be declared (the
billion-laughs file needs one); depth, distinct names and the length of one tag are bounded, because each of
them can fill the memory without any entity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

CHUNK = 64 * 1024
DEEPEST = 100
MOST_NAMES = 20_000
LONGEST_TAG = 1024 * 1024
KNOWN_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/content-types",
)
RELATION_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class HostileXmlError(Exception):
    """XML that asks for more than a workbook ever needs; the code of the finding is its argument."""


def stream_xml(source: IO[bytes], start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Send the elements of one XML document to three functions, in document order.

    Parameters
    ----------
    source : binary file
        Read in pieces of 64 KiB.
    start : callable
        Takes the local name of an element and its attributes. Elements of foreign namespaces come with an
        empty name; attributes of a namespace are read with `attribute`.
    end, text : callable or None
        Take the local name, and a piece of text.

    Raises
    ------
    HostileXmlError
        On a document type, or beyond the bounds of this module.
    xml.parsers.expat.ExpatError
        On anything that is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names: dict[str, str] = {}
    depth = 0

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise HostileXmlError("files.xlsx.xml_bounds")
        name = names.get(tag)
        if name is None:
            name = names[tag] = _local(tag)
        start(name, attributes)

    def on_end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(names[tag])

    def on_doctype(*_: object) -> None:
        raise HostileXmlError("files.xlsx.doctype")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.StartDoctypeDeclHandler = on_doctype
    if text is not None:
        parser.CharacterDataHandler = text
    fed = 0
    while chunk := source.read(CHUNK):
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LONGEST_TAG or len(parser.intern) > MOST_NAMES:
            raise HostileXmlError("files.xlsx.xml_bounds")
    parser.Parse(b"", True)


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute of the relationships namespace, in either edition of the standard; empty when absent."""
    return next((attributes[f"{space} {name}"] for space in RELATION_SPACES if f"{space} {name}" in attributes), "")


def _local(tag: str) -> str:
    """Local name of an element of the spreadsheet's own namespaces, empty for any other."""
    space, _, name = tag.rpartition(" ")
    return name if space in KNOWN_SPACES else ""
