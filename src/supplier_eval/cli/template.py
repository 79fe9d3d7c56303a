"""The command ``template``: a tender folder in which only the values are missing (§3.2.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from supplier_eval.cli.options import LangOption, Language
from supplier_eval.cli.reading import named_policy

PolicyArgument = Annotated[
    str, typer.Argument(metavar="POLICY", help="Policy file, or profile:NAME.", show_default=False)
]


def template(
    policy: PolicyArgument,
    out: Annotated[Path, typer.Option("--out", help="Folder to write; must be empty or not there.")],
    category: Annotated[str, typer.Option("--category", help="Service category, where criteria differ.")] = "",
    bids: Annotated[str, typer.Option("--bids", help="Ids of the bids, as BT-1,BT-2.")] = "",
    lots: Annotated[str, typer.Option("--lots", help="Ids of the lots, as L1,L2; without any there is one.")] = "",
    evaluators: Annotated[str, typer.Option("--evaluators", help="Ids of those who mark, as E1,E2,E3.")] = "",
    xlsx: Annotated[bool, typer.Option("--xlsx", help="One workbook, with lists and ranges on its cells.")] = False,
    lang: LangOption = Language.en,
) -> None:
    """Write a tender to be filled in: every gate, criterion, mark and price that a policy asks for, values empty."""
    chosen = named_policy(policy)
    assert chosen is not None  # a policy was named
    if xlsx:
        from supplier_eval.report.template_book import write_template_book as write
    else:
        from supplier_eval.intake import write_template as write
    for path in write(
        chosen,
        out,
        category=category,
        bids=_ids(bids),
        lots=_ids(lots),
        evaluators=_ids(evaluators),
        lang=lang.value,
    ):
        print(path)


def _ids(given: str) -> list[str]:
    return [part for one in given.replace("，", ",").split(",") if (part := one.strip())]
