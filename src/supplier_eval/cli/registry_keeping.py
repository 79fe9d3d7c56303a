"""The commands ``registry`` that keep a store: import, export, backup, verify, rules, contents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption, LangOption, Language
from supplier_eval.cli.reading import as_json, print_json
from supplier_eval.cli.registry_options import DEFAULT, ActorOption, StoreOption, opened

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

        if path.suffix.lower() in {".csv", ".parquet", ".json", ".xls", ".zip"}:
            raise typer.BadParameter(f"name a folder without {path.suffix}, or a .xlsx for records", param_hint="PATH")
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
    """Make a new store of a backup, compare it, and verify its audit; exit 1 where anything is wrong in it."""
    from supplier_eval.registry import Registry
    from supplier_eval.registry.verification import verify_store
    from supplier_eval.report.console import print_line

    print_line(Registry.restore(path, store).explain(lang.value))
    with opened(store, "") as held:
        verdict = verify_store(held)
    if not verdict.is_sound:
        print_line(verdict.explain(lang.value))
        raise typer.Exit(1)


def upgrade(
    path: Annotated[Path | None, typer.Argument(help="File for the backup; else beside the store.")] = None,
    store: StoreOption = DEFAULT,
    lang: LangOption = Language.en,
) -> None:
    """Bring a store of an earlier version up to this program's, after a backup."""
    from supplier_eval.registry import Registry
    from supplier_eval.report.console import print_line

    if path is None and "://" in store:
        raise typer.BadParameter("a store on a server needs a file for its backup", param_hint="PATH")
    print_line(Registry.upgrade(store, path or Path(f"{store}.before-upgrade")).explain(lang.value))


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
    "rules": rules,
    "attach": attach,
    "content": content,
}
