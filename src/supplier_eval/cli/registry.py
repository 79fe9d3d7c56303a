"""The commands ``registry``: make a store, add and change records, ask it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption
from supplier_eval.cli.reading import as_json, print_json
from supplier_eval.cli.registry_keeping import COMMANDS
from supplier_eval.cli.registry_options import (
    DEFAULT,
    ActorOption,
    FieldsArgument,
    IdArgument,
    KindArgument,
    LimitOption,
    StoreOption,
    acting,
    field_values,
    opened,
    parted,
    record_document,
)
from supplier_eval.cli.registry_overviews import OVERVIEWS
from supplier_eval.cli.registry_tenders import TENDERS

if TYPE_CHECKING:
    from supplier_eval.messages import Lang
    from supplier_eval.registry import Registry, Stored

registry = typer.Typer(
    no_args_is_help=True,
    help="Keep needs, suppliers, tenders, contracts, settlements, complaints: life cycles, audit, archive.",
)


@registry.command()
def init(
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    rules: Annotated[Path | None, typer.Option("--rules", help="The company's rules as TOML.")] = None,
) -> None:
    """Make a new store."""
    from supplier_eval.registry import Registry

    text = None if rules is None else rules.read_text(encoding="utf-8-sig")
    with Registry.create(store, actor=acting(actor), rules=text) as made:
        print(made.source)


@registry.command()
def add(
    kind: KindArgument,
    fields: FieldsArgument = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Add a record: `registry add supplier id=S1 name="Acme Ltd" categories="ITO; BPO"`."""
    from supplier_eval.registry import kind_named
    from supplier_eval.registry.store_findings import make_record

    given, declared = parted(fields), kind_named(kind)
    with opened(store, actor) as held:
        read = field_values(declared, given, held.rules.timezone)
        values = {name: value for name, value in read.items() if value not in {None, ""}}
        if kind == "complaint":
            from supplier_eval.registry.complaint_times import with_due_times

            values = with_due_times(values, held.rules.complaints)
        _show(held, held.add(make_record(kind, values)), fmt, lang.value)


@registry.command()
def edit(
    kind: KindArgument,
    key: IdArgument,
    fields: FieldsArgument = None,
    seen: Annotated[int, typer.Option("--version", help="Version that was seen; refused if it moved on.")] = 0,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Change fields of a record, where its state allows it."""
    from supplier_eval.registry import kind_named

    declared, given = kind_named(kind), parted(fields)
    if not given:
        raise typer.BadParameter("no field is given")
    with opened(store, actor) as held:
        values = field_values(declared, given, held.rules.timezone)
        _show(held, held.edit(_seen(held, kind, key, seen), **values), fmt, lang.value)


@registry.command()
def move(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    kind: KindArgument,
    key: IdArgument,
    event: Annotated[str, typer.Argument(help="Event of its life cycle, as `registry kinds KIND` lists them.")],
    fields: FieldsArgument = None,
    seen: Annotated[int, typer.Option("--version", help="Version that was seen; refused if it moved on.")] = 0,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Let an event of the life cycle happen, with the fields that it needs."""
    from supplier_eval.registry import kind_named

    declared, given = kind_named(kind), parted(fields)
    with opened(store, actor) as held:
        values = field_values(declared, given, held.rules.timezone)
        _show(held, held.move(_seen(held, kind, key, seen), event, **values), fmt, lang.value)


@registry.command()
def show(
    kind: KindArgument,
    key: IdArgument,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Show a record, where it stands, and what may happen next."""
    with opened(store, actor) as held:
        _show(held, held.get(kind, key), fmt, lang.value)


@registry.command()
def find(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    kind: KindArgument,
    where: Annotated[list[str] | None, typer.Option("--where", help="Field that equals a value, NAME=VALUE.")] = None,
    prefix: Annotated[list[str] | None, typer.Option("--prefix", help="Field that begins so, NAME=TEXT.")] = None,
    contains: Annotated[
        list[str] | None, typer.Option("--contains", help="Field with these letters, NAME=TEXT; slower.")
    ] = None,
    state: Annotated[list[str] | None, typer.Option("--state", help="Only in this state.")] = None,
    limit: LimitOption = 100,
    every: Annotated[bool, typer.Option("--all-fields", help="Show every filled field, not the main ones.")] = False,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Find records: by equal fields, by how a text begins, by letters within it."""
    from supplier_eval.registry import kind_named
    from supplier_eval.registry.views_find import find_records

    declared, given = kind_named(kind), parted(where, "--where")
    begins, within = parted(prefix, "--prefix"), parted(contains, "--contains")
    with opened(store, actor) as held:
        equals = field_values(declared, given, held.rules.timezone)
        found = find_records(held, kind, equals=equals, prefix=begins, contains=within, states=state or (), limit=limit)
        zone = ZoneInfo(held.rules.timezone)
    if fmt is Format.json:
        records = [record_document(one) for one in found.records]
        print_json(as_json({"kind": kind, "records": records, "more": found.more}))
        return
    from supplier_eval.report.console import print_line, print_rows
    from supplier_eval.report.tables_registry import found_table

    print_line(found.explain(lang.value))
    if found.records:
        print_rows(found_table(found, lang.value, zone, every=every))


@registry.command()
def due(  # noqa: PLR0913, PLR0917 - every option of a command is a parameter
    days: Annotated[int, typer.Option("--days", min=0, max=36_500, help="From today on.")] = 30,
    until: Annotated[str, typer.Option("--until", help="Last day, as 2026-12-31.", show_default=False)] = "",
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only this kind.")] = None,
    owner: Annotated[str, typer.Option("--owner", help="Only what this person answers for.", show_default=False)] = "",
    out: PageOption = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """List what falls due or ran out: agreements, certificates, milestones, filings, answers, payments, reviews."""
    from supplier_eval.registry.views_due import due_until

    with opened(store, actor) as held:
        found = due_until(held, _day(until) if until else days, of_kinds=kind or (), owner=owner)
    if out is not None:
        from supplier_eval.report.registry_page import write_due

        print(write_due(found, out, lang.value), file=sys.stderr)
    if fmt is Format.json:
        items = [{**item._asdict(), "day": item.day.isoformat()} for item in found.items]
        print_json(as_json({"on": found.on.isoformat(), "until": found.until.isoformat(), "items": items}))
        return
    from supplier_eval.report.console import print_line, print_rows
    from supplier_eval.report.tables_registry import due_table

    print_line(found.explain(lang.value))
    if found.items:
        print_rows(due_table(found.items, lang.value))


@registry.command()
def history(
    kind: KindArgument,
    key: IdArgument,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Show every change of a record: who, when, which fields from what to what."""
    from dataclasses import asdict

    from supplier_eval.registry.views_history import record_history

    with opened(store, actor) as held:
        found = record_history(held, kind, key)
        zone = ZoneInfo(held.rules.timezone)
    if fmt is Format.json:
        print_json(as_json({"kind": found.kind, "id": found.id, "lines": [asdict(line) for line in found.lines]}))
        return
    from supplier_eval.report.console import print_rows
    from supplier_eval.report.tables_registry import history_table

    print_rows(history_table(found, lang.value, zone))


for _name, _command in (COMMANDS | OVERVIEWS | TENDERS).items():
    registry.command(_name)(_command)


def _seen(held: Registry, kind: str, key: str, version: int) -> Stored:
    """The record as it is; with the version that was seen, so that the store can refuse one that moved on."""
    found = held.get(kind, key)
    return replace(found, version=version) if version else found


def _show(held: Registry, found: Stored, fmt: Format, lang: Lang) -> None:
    from supplier_eval.registry import life_cycles

    events = life_cycles()[found.kind].events(found.state)
    if fmt is Format.json:
        print_json(as_json({**record_document(found), "events": list(events)}))
        return
    from supplier_eval.messages import message
    from supplier_eval.report.console import print_line
    from supplier_eval.report.tables_registry import kind_words, label_of, record_pairs

    zone = ZoneInfo(held.rules.timezone)
    print_line(f"{kind_words(found.kind, lang)}  {label_of(found)}")
    for label, text in record_pairs(found, lang, zone):
        print_line(f"  {label}: {text}")
    follows = (
        message("registry.may_follow", lang, events=", ".join(events)) if events else message("registry.final", lang)
    )
    print_line(f"  {follows}")


def _day(text: str) -> date:
    from supplier_eval.intake.cell_values import Problem
    from supplier_eval.intake.dates import parse_date

    found = parse_date(text)
    if isinstance(found, Problem):
        raise typer.BadParameter(f"{text!r} is not a day; write 2026-12-31", param_hint="--until")
    return found
