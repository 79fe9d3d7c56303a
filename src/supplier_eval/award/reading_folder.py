"""An award problem as a folder: ``award.toml`` and tables as files, also as Excel in China writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from supplier_eval.award.reading_cells import Marks
from supplier_eval.award.reading_tables import Given, nearest
from supplier_eval.award.reading_terms import TERM_NAMES
from supplier_eval.errors import Finding
from supplier_eval.intake.files import read_table
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.messages.faults import why_not_toml, why_unreadable

TABLES = ("lots", "suppliers", "bids", "bundles", "tiers", "curves")
NEEDED = ("lots", "bids")
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet")
MARK_NAMES = ("decimal", "thousands", "encoding")
DECIMALS, THOUSANDS = (".", ","), ("", ",", ".", " ", "'")
LARGEST = 1_000_000
TERMS_FILE = "award.toml"


def given_by_folder(folder: Path) -> tuple[Given | None, list[Finding]]:
    """Take the tables and the terms out of a folder; cells are looked at later.

    Parameters
    ----------
    folder : Path
        ``award.toml`` (may be left out: everything at its default), lots, bids (or bundles), and where needed
        suppliers, tiers, curves. Files that begin with a dot, ``~`` or ``x_`` and texts (.md) are passed over.

    Returns
    -------
    tuple of (Given or None, list of Finding)
        None where not even the lots can be read.
    """
    said, findings = _terms_file(folder / TERMS_FILE)
    marks = _marks(said, findings)
    encoding = said.get("encoding")
    if encoding is not None and not isinstance(encoding, str):
        findings.append(Finding("award.not_text", "award", "encoding", value=str(encoding)))
        encoding = None
    tables: dict[str, RawTable | None] = {}
    for file in sorted(folder.iterdir()):
        name = file.stem.lower()
        if file.suffix.lower() not in ENDINGS or file.name.startswith((".", "~", "x_")):
            continue
        if name not in TABLES:
            facts = {"known": ", ".join(TABLES), "near": nearest(name, TABLES)}
            findings.append(Finding("award.file_unknown", "award", value=file.name, facts=facts))
        elif name in tables:
            findings.append(Finding("award.file_twice", "award", value=file.name, facts={"name": name}))
        else:
            tables[name], found = read_table(file, name, encoding=encoding)
            findings += found
    for name in NEEDED:
        if name not in tables and not (name == "bids" and "bundles" in tables):
            findings.append(Finding("award.file_missing", "award", value=name, facts={"read": ", ".join(ENDINGS)}))
    unread = [name for name, table in tables.items() if table is None]
    if unread or "lots" not in tables:
        return None, findings
    terms = {name: value for name, value in said.items() if name in TERM_NAMES}
    return Given(rules=said.get("rules"), terms=terms, marks=marks, **tables), findings


def _terms_file(file: Path) -> tuple[Mapping[str, Any], list[Finding]]:
    """What ``award.toml`` says, its unknown keys and whatever keeps it from being read."""
    try:
        if file.stat().st_size > LARGEST:
            return {}, [Finding("award.terms_too_large", "award", value=file.name)]
        said = tomllib.loads(file.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        return {}, []
    except OSError as refused:
        return {}, [Finding("award.terms_unreadable", "award", value=file.name, facts={"why": why_unreadable(refused)})]
    except (ValueError, ArithmeticError, RecursionError) as refused:
        facts = {"why": why_not_toml(refused)}
        return {}, [Finding("award.terms_not_toml", "award", value=file.name, facts=facts)]
    known = (*TERM_NAMES, *MARK_NAMES, "rules", "name", "note")
    unknown = [key for key in said if key not in known and not key.startswith("x_")]
    listed = ", ".join(known)
    return said, [
        Finding("award.key_unknown", "award", key, value=key, facts={"known": listed, "near": nearest(key, known)})
        for key in unknown
    ]


def _marks(said: Mapping[str, Any], findings: list[Finding]) -> Marks:
    """Declared marks of written figures; signs of the declared currency may stand beside a figure."""
    decimal, thousands = said.get("decimal"), said.get("thousands", "")
    currency = said.get("currency", "")
    if decimal not in (None, *DECIMALS) or thousands not in THOUSANDS or decimal == thousands:
        value = f"{decimal} / {thousands}"
        findings.append(Finding("award.marks", "award", "decimal", value=value))
        return Marks(currency=currency if isinstance(currency, str) else "")
    return Marks(decimal, thousands, currency if isinstance(currency, str) else "")
