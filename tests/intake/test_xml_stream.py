import io
from xml.parsers.expat import ExpatError

import pytest

from supplier_eval.intake.xml_stream import DEEPEST, HostileXmlError, attribute, stream_xml

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def events(xml):
    seen = []
    stream_xml(
        io.BytesIO(xml if isinstance(xml, bytes) else xml.encode()),
        lambda name, attributes: seen.append(("start", name, attributes)),
        lambda name: seen.append(("end", name)),
        lambda text: seen.append(("text", text)),
    )
    return seen


def hostile(xml):
    with pytest.raises(HostileXmlError) as caught:
        events(xml)
    return str(caught.value)


def test_elements_come_with_local_names_and_foreign_ones_with_none():
    seen = events(f'<x:c xmlns:x="{MAIN}" r="A1"><v xmlns="urn:other">1</v></x:c>')
    assert seen == [("start", "c", {"r": "A1"}), ("start", "", {}), ("text", "1"), ("end", ""), ("end", "c")]


def test_attributes_of_relationships_are_found_in_both_editions():
    for space in (REL, "http://purl.oclc.org/ooxml/officeDocument/relationships"):
        (_, _, attributes), _ = events(f'<sheet xmlns="{MAIN}" xmlns:q="{space}" q:id="rId7" id="no"/>')
        assert attribute(attributes, "id") == "rId7"
    assert attribute({}, "id") == ""


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE a>",
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://example.invalid/x.dtd"> %b;]>',
    ],
)
def test_a_document_type_is_refused_whatever_it_declares(doctype):
    assert hostile(f"{doctype}<a/>") == "files.xlsx.doctype"


def test_depth_is_bounded():
    assert events("<a>" * DEEPEST + "</a>" * DEEPEST)
    assert hostile("<a>" * (DEEPEST + 1)) == "files.xlsx.xml_bounds"


def test_distinct_names_are_bounded():
    assert hostile("<a>" + "".join(f"<b{i}/>" for i in range(30_000)) + "</a>") == "files.xlsx.xml_bounds"


@pytest.mark.parametrize("opening", ["<a b='", "<a", "<!--", "<?p "])
def test_one_long_tag_or_comment_is_bounded(opening):
    assert hostile("<r>" + opening + "x" * 3_000_000) == "files.xlsx.xml_bounds"


def test_long_text_is_no_long_tag():
    assert sum(len(e[1]) for e in events("<a>" + "x" * 3_000_000 + "</a>") if e[0] == "text") == 3_000_000


@pytest.mark.parametrize("xml", ["", "<a>", "<a></b>", "<a>&b;</a>", b"\xff\xfe\x00"])
def test_xml_that_is_not_well_formed_is_an_expat_error(xml):
    with pytest.raises(ExpatError):
        events(xml)
