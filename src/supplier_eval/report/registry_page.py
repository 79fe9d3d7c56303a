"""Pages of the registry: a supplier's archive, what falls due, the record of an opening, each as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.report.documents import language_tag, render, save_page
from supplier_eval.report.formats import day, plain
from supplier_eval.report.tables import Table
from supplier_eval.report.tables_registry import (
    due_table,
    field_words,
    kind_words,
    opened_bids,
    part_table,
    record_pairs,
    state_words,
)
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from datetime import tzinfo

    from supplier_eval.registry.views_archive import SupplierArchive
    from supplier_eval.registry.views_due import DueItem, DueList
    from supplier_eval.registry.views_opening import OpeningRecord


def write_archive(archive: SupplierArchive, path: str | Path, lang: Lang = "en", *, zone: tzinfo | None = None) -> Path:
    """Write a supplier's archive as one HTML file that needs nothing else (§3.3.1).

    Parameters
    ----------
    archive : SupplierArchive
        As `registry.views_archive.supplier_archive` gives it.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``archive.html``.
    lang : {"en", "zh"}
        Language of the page; what people wrote stays in theirs.
    zone : tzinfo, optional
        Zone in which moments are shown; UTC without.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page is for the company: it shows bank data, contacts and what is known against the supplier.
    """
    return save_page(archive_page(archive, lang, zone=zone), path, "archive.html")


def archive_page(archive: SupplierArchive, lang: Lang = "en", *, zone: tzinfo | None = None) -> str:
    """Give the archive as the text of one HTML page, see `write_archive`."""
    say = words(lang)
    parts = [
        {
            "id": kind,
            "heading": kind_words(kind, lang),
            "count": len(several),
            "table": part_table(kind, several, lang, zone) if several else None,
            "shortened": kind in archive.shortened,
        }
        for kind, several in archive.parts.items()
    ]
    return render(
        "archive.html.j2",
        lang=language_tag(lang),
        say=say,
        title=plain(archive.supplier.name) or plain(archive.supplier.id),
        state=state_words(archive.supplier.state, lang),
        facts=record_pairs(archive.supplier, lang, zone),
        day=day(archive.on, lang),
        parts=[part for part in parts if part["count"]],
        empty=[part["heading"] for part in parts if not part["count"]],
        anchor=str(archive.anchor),
    )


def write_due(due: DueList, path: str | Path, lang: Lang = "en") -> Path:
    """Write what falls due as one HTML file that needs nothing else.

    Parameters
    ----------
    due : DueList
        As `registry.views_due.due_until` gives it.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``due.html``.
    lang : {"en", "zh"}
        Language of the page.

    Returns
    -------
    Path
        The file that was written.
    """
    return save_page(due_page(due, lang), path, "due.html")


def due_page(due: DueList, lang: Lang = "en") -> str:
    """Give what falls due as the text of one HTML page, see `write_due`."""
    say = words(lang)
    ahead = [item for item in due.items if item.days_left >= 0]
    parts: list[dict[str, Any]] = [
        {"id": name, "heading": say[f"registry_due.{name}"], "count": len(items), "table": due_table(items, lang)}
        for name, items in (("overdue", due.overdue), ("ahead", ahead))
        if items
    ]
    return render(
        "due.html.j2",
        lang=language_tag(lang),
        say=say,
        title=say["registry.due_title"].format(until=day(due.until, lang)),
        said=due.explain(lang),
        parts=parts,
        owners=_owners(due.items, say["registry.nobody"]),
        anchor=str(due.anchor),
    )


def write_opening(record: OpeningRecord, path: str | Path, lang: Lang = "en", *, zone: tzinfo | None = None) -> Path:
    """Write the record of an opening as one HTML file to be printed and signed (§3.2.2).

    Parameters
    ----------
    record : OpeningRecord
        As `registry.views_opening.opening_record` gives it.
    path : str or Path
        A file that ends in ``.html``, or a folder, which then holds ``opening.html``.
    lang : {"en", "zh"}
        Language of the page.
    zone : tzinfo, optional
        Zone in which moments are shown; UTC without.

    Returns
    -------
    Path
        The file that was written.

    Notes
    -----
    The page bears the head of the audit. Prices stand on it only where the opening read them out.
    """
    return save_page(opening_page(record, lang, zone=zone), path, "opening.html")


def opening_page(record: OpeningRecord, lang: Lang = "en", *, zone: tzinfo | None = None) -> str:
    """Give the record of an opening as the text of one HTML page, see `write_opening`."""
    say, opening = words(lang), record.opening
    names = ("id", "tender", "envelope", "opened_at", "place", "read_out", "anchor")
    signatures = Table(
        "signatures",
        ((field_words("person", lang), "id"), (say["registry.signature"], "text")),
        tuple((plain(name), "\u2003" * 24) for name in opening.witnesses),
        {},
    )
    return render(
        "opening.html.j2",
        lang=language_tag(lang),
        say=say,
        title=plain(record.tender.title) or plain(record.tender.id),
        state=state_words(opening.state, lang),
        facts=record_pairs(opening, lang, zone, names),
        bids=opened_bids(record, lang, zone),
        signatures=signatures,
        anchor=str(record.anchor),
    )


def _owners(items: tuple[DueItem, ...], nobody: str) -> list[tuple[str, str]]:
    """How much each person answers for, most first; what nobody answers for stands last."""
    counts: dict[str, int] = {}
    for item in items:
        counts[plain(item.owner)] = counts.get(plain(item.owner), 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))
    return [(name or nobody, str(n)) for name, n in ordered]
