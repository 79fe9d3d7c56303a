"""The commands ``registry`` that show a whole: an archive, an opening, where everything stands, security, the kinds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption
from supplier_eval.cli.reading import as_json, print_json
from supplier_eval.cli.registry_options import DEFAULT, ActorOption, StoreOption, opened, record_document


def archive(
    supplier: Annotated[str, typer.Argument(help="Id of the supplier.")],
    out: PageOption = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Show everything that the store holds about a supplier; with --out also as one page."""
    from supplier_eval.registry.views_archive import supplier_archive

    with opened(store, actor) as held:
        found = supplier_archive(held, supplier)
        zone = ZoneInfo(held.rules.timezone)
    if out is not None:
        from supplier_eval.report.registry_page import write_archive

        print(write_archive(found, out, lang.value, zone=zone), file=sys.stderr)
    if fmt is Format.json:
        parts = {kind: [record_document(one) for one in several] for kind, several in found.parts.items()}
        document = {"supplier": record_document(found.supplier), "parts": parts, "shortened": list(found.shortened)}
        print_json(as_json({"on": found.on.isoformat(), "anchor": str(found.anchor), **document}))
        return
    from supplier_eval.report.console import print_line, print_rows
    from supplier_eval.report.tables_registry import kind_words, part_table, record_pairs

    print_line(found.explain(lang.value))
    for label, text in record_pairs(found.supplier, lang.value, zone):
        print_line(f"  {label}: {text}")
    for kind, several in found.parts.items():
        if several:
            print_line(f"\n{kind_words(kind, lang.value)}")
            print_rows(part_table(kind, several, lang.value, zone))


def opening(
    key: Annotated[str, typer.Argument(help="Id of the opening.")],
    out: PageOption = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Show the record of an opening with the head of the audit; with --out as a page to be signed."""
    from supplier_eval.registry.views_opening import opening_record

    with opened(store, actor) as held:
        found = opening_record(held, key)
        zone = ZoneInfo(held.rules.timezone)
    if out is not None:
        from supplier_eval.report.registry_page import write_opening

        print(write_opening(found, out, lang.value, zone=zone), file=sys.stderr)
    if fmt is Format.json:
        bids = [record_document(bid) for bid in found.bids]
        print_json(as_json({"opening": record_document(found.opening), "bids": bids, "anchor": str(found.anchor)}))
        return
    from supplier_eval.report.console import print_line, print_rows
    from supplier_eval.report.tables_registry import opened_bids

    print_line(found.explain(lang.value))
    print_rows(opened_bids(found, lang.value, zone))


def dashboard(
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Count where everything stands: states, ages, overdue things, late payments, needs to review."""
    from supplier_eval.registry.views_dashboard import dashboard as counted

    with opened(store, actor) as held:
        found = counted(held)
    if fmt is Format.json:
        late = [{**item._asdict(), "day": item.day.isoformat()} for item in found.overdue]
        payments = found.payments.to_frame().astype(str).to_dict("records")
        document = {"on": found.on.isoformat(), "states": [one._asdict() for one in found.states]}
        print_json(as_json({**document, "overdue": late, "late_payments": payments}))
        return
    from supplier_eval.report.console import print_line, print_rows
    from supplier_eval.report.tables_registry import due_table, states_table

    print_line(found.explain(lang.value))
    print_rows(states_table(found, lang.value))
    if found.overdue:
        print_rows(due_table(found.overdue, lang.value))
    if found.payments.payments:
        print_line(found.payments.explain(lang.value))


def security(
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """List what is missing, failed or overdue in security and confidentiality: controls, checks, drills, reports."""
    from dataclasses import asdict

    from supplier_eval.registry.security_standing import review_security

    with opened(store, actor) as held, held.reading() as reader:
        found = review_security(reader, held.today, held.rules)
    if fmt is Format.json:
        gaps = [{**asdict(gap), "since": gap.since and gap.since.isoformat()} for gap in found.gaps]
        print_json(as_json({"on": found.on.isoformat(), "contracts": found.contracts, "gaps": gaps}))
        return
    from supplier_eval.report.console import print_line

    print_line(found.explain(lang.value))


def kinds(
    kind: Annotated[str | None, typer.Argument(help="Show the fields and moves of this kind.")] = None,
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """List the kinds of records, or the fields and moves of one."""
    from supplier_eval.registry import kind_named
    from supplier_eval.registry.export_files import schemas

    declared = kind_named(kind) if kind else None
    if fmt is Format.json:
        told: dict[str, Any] = schemas()
        print_json(as_json({kind: told[kind]} if kind else told))
        return
    from supplier_eval.report.console import print_rows
    from supplier_eval.report.tables_catalogue import fields_table, kinds_table, moves_table

    if declared is None:
        print_rows(kinds_table(lang.value))
        return
    print_rows(fields_table(declared, lang.value))
    print_rows(moves_table(declared.kind, lang.value))


OVERVIEWS: dict[str, Callable[..., None]] = {
    "archive": archive,
    "opening": opening,
    "dashboard": dashboard,
    "security": security,
    "kinds": kinds,
}
