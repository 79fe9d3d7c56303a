"""The commands ``registry`` that keep a store: import, export, backup, verify, rules; and its overviews."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language, PageOption
from supplier_eval.cli.reading import as_json, print_json
from supplier_eval.cli.registry_options import DEFAULT, ActorOption, StoreOption, opened, record_document

FolderOrFile = Annotated[Path, typer.Argument(help="Folder of an export; or a .csv, .xlsx or .parquet of records.")]


def import_(
    path: FolderOrFile,
    kind: Annotated[str, typer.Option("--kind", help="Kind of a table; else its name.", show_default=False)] = "",
    decimal: Annotated[str, typer.Option("--decimal", help="Decimal mark of the table, . or ,")] = "",
    thousands: Annotated[str, typer.Option("--thousands", help="Thousands mark of the table.")] = "",
    timezone: Annotated[str, typer.Option("--timezone", help="Zone of moments without offset.")] = "",
    encoding: Annotated[str | None, typer.Option("--encoding", help="Of a text file; else it is told.")] = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
) -> None:
    """Add the records of a table, all or none; of a whole export: make a new store of it."""
    from supplier_eval.registry.cell_text import CellReading
    from supplier_eval.registry.import_files import import_folder, is_export
    from supplier_eval.registry.import_table import import_file

    if is_export(path):
        print(import_folder(path, store))
        return
    if decimal not in {"", ".", ","} or thousands not in {"", ".", ",", " ", "'"} or (decimal and decimal == thousands):
        raise typer.BadParameter("marks are . or , and differ", param_hint="--decimal, --thousands")
    with opened(store, actor) as held:
        zone = timezone or held.rules.timezone
        print(import_file(held, path, kind, CellReading(decimal, thousands, zone), encoding))


def export(
    path: Annotated[Path, typer.Argument(help="New folder for everything; or a .xlsx for the records alone.")],
    kind: Annotated[list[str] | None, typer.Option("--kind", help="In a .xlsx: only this kind.")] = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
) -> None:
    """Write everything to open files: csv, audit, contents, rules, schemas, a manifest with digests."""
    with opened(store, actor) as held:
        if path.suffix.lower() == ".xlsx":
            from supplier_eval.report.book_registry import write_records

            print(write_records(held, path, kind or ()))
            return
        from supplier_eval.registry.export_files import export_folder

        if kind:
            raise typer.BadParameter("a folder holds everything; --kind is for a .xlsx", param_hint="--kind")
        written = export_folder(held, path)
    print(written.folder)
    print(f"{sum(written.rows.values())}  {written.anchor}", file=sys.stderr)


def backup(
    path: Annotated[Path, typer.Argument(help="File for the backup; it must not be there yet.")],
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    lang: LangOption = Language.en,
) -> None:
    """Copy the store into a new file, and compare the copy."""
    from supplier_eval.report.console import print_line

    with opened(store, actor) as held:
        print_line(held.backup(path).explain(lang.value))


def restore(
    path: Annotated[Path, typer.Argument(help="A backup.")],
    store: StoreOption = DEFAULT,
    lang: LangOption = Language.en,
) -> None:
    """Make a new store of a backup, and compare it."""
    from supplier_eval.registry import Registry
    from supplier_eval.report.console import print_line

    print_line(Registry.restore(path, store).explain(lang.value))


def upgrade(
    path: Annotated[Path, typer.Argument(help="File for the backup that is made first.")],
    store: StoreOption = DEFAULT,
    lang: LangOption = Language.en,
) -> None:
    """Bring a store of an earlier version up to this program's, after a backup."""
    from supplier_eval.registry import Registry
    from supplier_eval.report.console import print_line

    print_line(Registry.upgrade(store, path).explain(lang.value))


def verify(
    anchor: Annotated[str, typer.Option("--anchor", help="As printed outside, to find a cut tail.")] = "",
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
    lang: LangOption = Language.en,
) -> None:
    """Hold every line of audit, record and content against each other; exit 1 where anything is wrong."""
    from supplier_eval.registry.verification import verify_store

    with opened(store, actor) as held:
        verdict = verify_store(held, anchor or None)
    if fmt is Format.json:
        findings = verdict.to_frame(lang.value).to_dict("records")
        counts = {"lines": verdict.lines, "records": verdict.records, "contents": verdict.contents}
        print_json(as_json({"sound": verdict.is_sound, "anchor": str(verdict.head), **counts, "findings": findings}))
    else:
        from supplier_eval.report.console import print_line

        print_line(verdict.explain(lang.value))
    if not verdict.is_sound:
        raise typer.Exit(1)


def anchor(store: StoreOption = DEFAULT, actor: ActorOption = "") -> None:
    """Print the head of the audit: to be kept where the store's keeper cannot change it."""
    from supplier_eval.registry.verification import head_anchor

    with opened(store, actor) as held:
        print(head_anchor(held))


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
    from supplier_eval.report.tables_registry import fields_table, kinds_table, moves_table

    if declared is None:
        print_rows(kinds_table(lang.value))
        return
    print_rows(fields_table(declared, lang.value))
    print_rows(moves_table(declared.kind, lang.value))


def rules(
    new: Annotated[Path | None, typer.Option("--set", help="TOML file of the rules to put in force.")] = None,
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
) -> None:
    """Print the company's rules in force; with --set put others in force, with a line of audit."""
    with opened(store, actor) as held:
        if new is not None:
            held.change_rules(new.read_text(encoding="utf-8-sig"))
        print(held.rules_toml, end="")


def attach(
    path: Annotated[Path, typer.Argument(help="File whose content is kept.", exists=True, dir_okay=False)],
    data_class: Annotated[str, typer.Option("--data-class", help="Class of the information in it.")],
    media_type: Annotated[str, typer.Option("--media-type", help="As application/pdf.", show_default=False)] = "",
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
) -> None:
    """Keep a content under its digest, and print it."""
    with opened(store, actor) as held:
        print(held.attach(path.read_bytes(), path.name, media_type, data_class).digest)


def content(
    digest: Annotated[str, typer.Argument(help="As `registry attach` printed it.")],
    out: Annotated[Path, typer.Option("--out", help="File to write; it must not be there yet.", dir_okay=False)],
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
) -> None:
    """Write a content to a file that you name."""
    with opened(store, actor) as held:
        given = held.content(digest)
    with out.open("xb") as file:
        file.write(given)


COMMANDS: dict[str, Callable[..., None]] = {
    "import": import_,
    "export": export,
    "backup": backup,
    "restore": restore,
    "upgrade": upgrade,
    "verify": verify,
    "anchor": anchor,
    "archive": archive,
    "dashboard": dashboard,
    "kinds": kinds,
    "rules": rules,
    "attach": attach,
    "content": content,
}
