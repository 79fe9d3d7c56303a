"""What the commands of ``registry`` share: which store, who asks, fields as ``NAME=VALUE``."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from supplier_eval.registry import Registry
    from supplier_eval.registry.record import Record, Stored

VARIABLE = "SUPPLIER_EVAL_REGISTRY"
DEFAULT = "registry.sqlite"

StoreOption = Annotated[
    str,
    typer.Option("--store", envvar=VARIABLE, help="File of the store, or postgresql+psycopg:// URL."),
]
ActorOption = Annotated[
    str, typer.Option("--actor", help="Who does it, for the audit; else the user's name.", show_default=False)
]
KindArgument = Annotated[str, typer.Argument(help="Kind of record, as `registry kinds` lists them.")]
IdArgument = Annotated[str, typer.Argument(help="Id of the record.")]
FieldsArgument = Annotated[
    list[str] | None, typer.Argument(help="Fields, NAME=VALUE each; NAME= empties one.", show_default=False)
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Records at most.")]


def acting(actor: str) -> str:
    """Who is named, else the user of the environment."""
    if actor:
        return actor
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        raise typer.BadParameter("nobody is named; give --actor") from None


@contextmanager
def opened(store: str, actor: str) -> Iterator[Registry]:
    """The store, closed afterwards."""
    from supplier_eval.registry import Registry

    with Registry.open(store, actor=acting(actor)) as registry:
        yield registry


def parted(given: Sequence[str] | None, option: str = "") -> dict[str, str]:
    """``NAME=VALUE`` texts as a mapping; of a name that stands twice both would be meant, so it is refused."""
    found: dict[str, str] = {}
    for one in given or ():
        name, sign, value = one.partition("=")
        name = name.strip()
        if not name or not sign:
            raise typer.BadParameter(f"NAME=VALUE is asked for, not {one!r}", param_hint=option or None)
        if name in found:
            raise typer.BadParameter(f"{name} is given twice", param_hint=option or None)
        found[name] = value
    return found


def field_values(declared: type[Record], given: dict[str, str], zone: str = "") -> dict[str, Any]:
    """Field → value, read as the field asks; an empty text empties the field.

    A moment without an offset stands in `zone`, the house's.

    Raises
    ------
    Refused
        With every text that cannot be read.
    """
    from supplier_eval.errors import Finding, Refused
    from supplier_eval.intake.cell_values import Problem
    from supplier_eval.registry.cell_text import CellReading, cell_columns, fields_named, value_of

    columns = {column.name: column for column in cell_columns(declared)}
    values: dict[str, Any] = {}
    reading = CellReading(decimal=".", timezone=zone)
    found = []
    for name, text in zip(fields_named(declared, given), given.values(), strict=True):
        column = columns.get(name)
        if column is None:
            values[name] = text  # the store says that there is no such field
        elif not text:
            values[name] = () if column.kind == "items" else None if column.nullable else ""
        else:
            value = text if column.kind == "text" else value_of(column, text, reading)
            if isinstance(value, Problem):
                problem = "plain_figure" if value.code.startswith("number.") else value.code.rsplit(".", 1)[-1]
                code = f"{declared.kind}.{name}.{problem}"
                found.append(Finding(code, declared.kind, name, value=text))
            else:
                values[name] = value
    if found:
        raise Refused(found)
    return values


def record_document(found: Stored) -> dict[str, Any]:
    """A record as JSON has it: every field, exact decimals as text, then where it stands."""
    from supplier_eval.registry.audit import moment_text

    fields = found.record.model_dump(mode="json")
    standing = {"state": found.state, "version": found.version, "changed_by": found.changed_by}
    return {"kind": found.kind, "fields": fields, **standing, "changed_at": moment_text(found.changed_at)}
