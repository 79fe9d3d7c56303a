"""Columns as a command line names them: ``tender=pid``, ``quality=质量``, ``lot=`` for a role that is not read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.policy.batch_columns import BatchColumns

if TYPE_CHECKING:
    from supplier_eval.policy.document import Policy

TABLES = ("criteria", "gates", "items")


def asked_category(category: str, policy: Policy) -> None:
    """Refuse a service category that the policy does not have, and none where its criteria need one.

    Raises
    ------
    InvalidInput
        With the categories that there are.
    """
    known = policy.categories
    try:
        policy.weights(category)
    except UnknownName:
        given = f"'{category}'"
        facts = {"known": ", ".join(known), "first": known[0]}
        finding = Finding("batch.option.category", "arguments", "category", value=given, facts=facts)
        raise InvalidInput([finding], "arguments") from None


def columns_named(given: Iterable[str], policy: Policy) -> dict[str, Any] | None:
    """Read what the command line says of columns.

    Parameters
    ----------
    given : iterable of str
        ``ROLE=COLUMN``; also the id of a criterion, gate or price item of the policy in place of a role, with
        ``criteria.``, ``gates.`` or ``items.`` before it where an id has two meanings. Nothing after the sign: the
        role is not read.
    policy : Policy
        Whose ids are meant.

    Returns
    -------
    dict or None
        As `score_dataset` takes them; None where nothing was said.

    Raises
    ------
    InvalidInput
        With everything that names no column or nothing that is known.
    """
    ids = {
        "criteria": {criterion.id for criterion in policy.criteria},
        "gates": {gate.id for gate in policy.gates},
        "items": {name for c in policy.criteria if c.price is not None for name in c.price.items},
    }
    named: dict[str, Any] = {}
    found: list[Finding] = []
    for text in given:
        what, sign, column = (part.strip() for part in text.partition("="))
        table, _, name = what.rpartition(".")
        tables = [table] if table in TABLES else [one for one in TABLES if what in ids[one]]
        if not sign or not what:
            found.append(Finding("batch.option.mapping", "arguments", "columns", value=text))
        elif what in BatchColumns.model_fields and what not in TABLES:
            named[what] = column or None
        elif len(tables) == 1 and column:
            named.setdefault(tables[0], {})[name if table in TABLES else what] = column
        else:
            roles = [one for one in BatchColumns.model_fields if one not in TABLES]
            known = ", ".join([*roles, *sorted(set().union(*ids.values()))])
            found.append(Finding("batch.option.role", "arguments", "columns", value=what, facts={"known": known}))
    if found:
        raise InvalidInput(found, "arguments")
    return named or None
