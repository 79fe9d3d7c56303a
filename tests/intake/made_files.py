"""Files for the tests of reading: small workbooks written by hand, and hostile ones."""

import io
import json
import random
import struct
import subprocess
import sys
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>bid</t></is></c><c r="B1" t="inlineStr"><is><t>price</t></is></c></row>'
)


def sheet_xml(rows, after="", before=""):
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def text_cell(ref, text):
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def book_parts(sheets, strings=None, styles=None, kind=SHEET_TYPE, states=None, date1904=False):
    """Parts of a workbook: sheet name → XML of the sheet."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}" state="{(states or {}).get(name, "visible")}"/>'
        for i, name in enumerate(sheets, start=1)
    )
    rels = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    if strings is not None:
        rels += f'<Relationship Id="rS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    if styles is not None:
        rels += f'<Relationship Id="rT" Type="{OFFICE}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f"<workbook {MAIN} {REL}>"
        f'<workbookPr date1904="{int(date1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>',
    }
    for i, xml in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{i}.xml"] = xml
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    if styles is not None:
        parts["xl/styles.xml"] = styles
    return parts


def styles_xml(*codes):
    """Style 0 is General; style i shows numbers by the i-th code (a number names a built-in format)."""
    own = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{code.replace("&", "&amp;").replace(chr(34), "&quot;")}"/>'
        for i, code in enumerate(codes)
        if isinstance(code, str)
    )
    ids = [0, *(200 + i if isinstance(code, str) else code for i, code in enumerate(codes))]
    listed = "".join(f'<xf numFmtId="{number}"/>' for number in ids)
    return f"<styleSheet {MAIN}><numFmts>{own}</numFmts><cellXfs>{listed}</cellXfs></styleSheet>"


def write_zip(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_book(path, rows=HEADER, **options):
    """A workbook of one sheet, `bids`."""
    sheet_options = {key: options.pop(key) for key in ("after", "before") if key in options}
    return write_zip(path, book_parts({"bids": sheet_xml(rows, **sheet_options)}, **options))


def sparse_book(path):
    """A few kilobytes whose one far cell makes careless readers build seventeen thousand million cells."""
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    return write_book(path, HEADER + far)


def sparse_column_book(path):
    return write_book(path, HEADER + f'<row r="2">{text_cell("XFD2", "x")}</row>')


def zip_bomb(path, megabytes=140):
    """One sheet of spaces, packed about a thousandfold."""
    parts = book_parts({"bids": ""})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(sheet_xml("").encode()[:-30])
            for _ in range(megabytes):
                part.write(b" " * 2**20)
    return path


def small_zip_bomb(path):
    """Below the limit of unpacked bytes, above that of the ratio."""
    return zip_bomb(path, megabytes=64)


def lying_bomb(path):
    """The same bomb whose directory states a size of one kilobyte."""
    zip_bomb(path, megabytes=40)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x05\x06"))
    struct.pack_into("<L", data, at + 24, 1024)
    path.write_bytes(bytes(data))
    return path


def entity_bomb(path, part="sheet"):
    """Billion laughs in a sheet or in the shared texts."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    doctype = f"<!DOCTYPE x [{entities}]>"
    cell = '<c r="A2" t="inlineStr"><is><t>&a11;</t></is></c>'
    if part == "sheet":
        return write_zip(path, book_parts({"bids": doctype + sheet_xml(HEADER + f'<row r="2">{cell}</row>')}))
    strings = f"{doctype}<sst {MAIN}><si><t>&a11;</t></si></sst>"
    rows = HEADER + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'
    return write_book(path, rows, strings=strings)


def strings_entity_bomb(path):
    return entity_bomb(path, "strings")


def deep_book(path):
    return write_book(path, HEADER + "<x>" * 300_000)


def long_tag_book(path):
    noise = random.Random(0).randbytes(1_500_000).hex()
    return write_book(path, HEADER + f'<row r="2" x="{noise}"/>')


def many_names_book(path):
    return write_book(path, HEADER + "".join(f"<n{i}/>" for i in range(200_000)))


def crowded_directory(path):
    """A directory of hundreds of thousands of empty parts."""
    record = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    count = 400_000
    directory = record * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory), 4, 0)
    path.write_bytes(b"PK\x03\x04" + directory + end)
    return path


def many_parts_book(path):
    parts = book_parts({"bids": sheet_xml(HEADER)})
    return write_zip(path, parts | {f"junk/{i}": "" for i in range(6_000)}, zipfile.ZIP_STORED)


HOSTILE = {
    sparse_book: "files.xlsx.stray_cell",
    sparse_column_book: "files.xlsx.stray_cell",
    zip_bomb: "files.limits.unpacked",
    small_zip_bomb: "files.xlsx.bomb",
    lying_bomb: "files.xlsx.damaged",
    entity_bomb: "files.xlsx.doctype",
    strings_entity_bomb: "files.xlsx.doctype",
    deep_book: "files.xlsx.xml_bounds",
    long_tag_book: "files.xlsx.xml_bounds",
    many_names_book: "files.xlsx.xml_bounds",
    crowded_directory: "files.xlsx.too_many_parts",
    many_parts_book: "files.xlsx.too_many_parts",
}

CHILD = """
import json, resource, sys, time
from supplier_eval.intake.files import read_table, read_workbook, read_json
import supplier_eval.intake.xlsx
name, path = sys.argv[1:]
started = time.perf_counter()
read, found = globals()[name](path)
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
try:  # ru_maxrss of a child begins at the size of its parent; the kernel's high-water mark does not
    lines = open("/proc/self/status").read().splitlines()
    peak = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
except (OSError, StopIteration):
    pass
print(json.dumps({"codes": [f.code for f in found], "seconds": seconds, "peak": peak, "read": bool(read)}))
"""


def measured(function, path):
    """Codes, seconds of the call and peak memory (bytes) of reading in a fresh interpreter."""
    run = subprocess.run(
        [sys.executable, "-c", CHILD, function, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(run.stdout)


def compound_file(*streams):
    """The head of an OLE compound file whose directory names these streams."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 0)
    directory = io.BytesIO()
    for name in ("Root Entry", *streams):
        directory.write(name.encode("utf-16-le").ljust(128, b"\0"))
    return bytes(header) + directory.getvalue().ljust(1024, b"\0")


def codes(findings, severity="error"):
    return [finding.code for finding in findings if finding.severity == severity]


def only(findings):
    """The single finding; it must be able to say itself in both languages."""
    assert len(findings) == 1, [f.code for f in findings]
    assert findings[0].line("en")
    assert findings[0].line("zh")
    return findings[0]
