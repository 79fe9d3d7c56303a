"""The commands ``registry folder`` and ``registry keep``: a tender out of the registry, its result into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from supplier_eval.cli.options import Format, FormatOption
from supplier_eval.cli.reading import as_json, named_policy, print_json
from supplier_eval.cli.registry_options import DEFAULT, ActorOption, StoreOption, opened, record_document

TenderArgument = Annotated[str, typer.Argument(help="Id of the tender in the registry.")]


def folder(
    tender: TenderArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder to write; no file in it is written over.")],
    policy: Annotated[str, typer.Option("--policy", help="The published policy: a file, or profile:NAME.")],
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
) -> None:
    """Write what is on record of a tender as the folder that `evaluate` reads; people fill in the rest."""
    from supplier_eval.keeping import write_tender_folder

    chosen = named_policy(policy)
    assert chosen is not None  # a policy was named
    with opened(store, actor) as held:
        for path in write_tender_folder(held, tender, out, chosen):
            print(path)


def keep(
    tender: TenderArgument,
    path: Annotated[Path, typer.Argument(help="The tender's folder or workbook, filled in.")],
    store: StoreOption = DEFAULT,
    actor: ActorOption = "",
    fmt: FormatOption = Format.table,
) -> None:
    """Evaluate a folder that agrees with the record, and draft a result for each lot; people lock and approve."""
    from supplier_eval.keeping import keep_evaluation, registered_tender
    from supplier_eval.procedure import evaluate

    with opened(store, actor) as held:
        kept = keep_evaluation(held, evaluate(registered_tender(held, tender, path)))
    if fmt is Format.json:
        print_json(as_json({"results": [record_document(one) for one in kept]}))
        return
    for one in kept:
        print(f"{one.id}  {one.state}  {one.standing}  {', '.join(one.order)}")


TENDERS: dict[str, Callable[..., None]] = {"folder": folder, "keep": keep}
