"""A record from raw values, or findings that name kind, field, value and remedy: all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from supplier_eval.errors import Finding, Refused
from supplier_eval.policy.refused_values import why_refused
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.record import Record

PROBLEMS: Mapping[str, str] = {
    "missing": "not_given",
    "extra_forbidden": "no_such_field",
    "frozen_field": "id_kept",
    "string_too_long": "longer_than",
    "string_too_short": "shorter_than",
    "too_short": "shorter_than",
    "too_long": "longer_than",
    "string_pattern_mismatch": "pattern",
    "nul": "nul",
    "surrogate": "surrogate",
    "string_unicode": "surrogate",
    "several_lines": "several_lines",
    "id_form": "id_form",
    "decimal_max_places": "places",
    "decimal_max_digits": "digits",
    "decimal_whole_digits": "digits",
    "greater_than_equal": "below",
    "greater_than": "below",
    "less_than_equal": "above",
    "less_than": "above",
    "literal_error": "no_choice",
    "cell": "no_day",
    "date_type": "no_day",
    "date_parsing": "no_day",
    "datetime_type": "no_day",
    "datetime_parsing": "no_day",
    "timezone_aware": "no_day",
    "string_type": "no_text",
    "bool_type": "no_truth",
    "bool_parsing": "no_truth",
    "tuple_type": "no_list",
    "decimal_type": "no_figure",
    "decimal_parsing": "no_figure",
    "finite_number": "no_figure",
    "int_type": "no_figure",
    "int_parsing": "no_figure",
    "int_from_float": "no_figure",
    "int_parsing_size": "digits",
}
DIGEST = r"^sha256:[0-9a-f]{64}$"
FACTS = (
    "max_length",
    "min_length",
    "pattern",
    "kept",
    "decimal_places",
    "max_digits",
    "ge",
    "gt",
    "le",
    "lt",
    "expected",
)


def make_record(kind: str, values: Mapping[str, Any]) -> Record:
    """A record of a kind from raw values, as a file or a form gives them.

    Parameters
    ----------
    kind : str
        One of `kinds()`.
    values : mapping
        Field → value; text is read as the field asks (``"12.50"`` for money, ``"2026-11-30"`` for a day).

    Returns
    -------
    Record
        Checked, not stored.

    Raises
    ------
    Refused
        With every finding at once.
    UnknownName
        For a kind that there is not.
    """
    declared = kind_named(kind)
    try:
        return declared.model_validate(dict(values))
    except ValidationError as refused:
        raise Refused(value_findings(kind, refused)) from None


def value_findings(kind: str, refused: ValidationError) -> list[Finding]:
    """Say pydantic's complaints as findings."""
    return [_finding(kind, error) for error in refused.errors(include_url=False)]


def _finding(kind: str, error: ErrorDetails) -> Finding:
    column = str(error["loc"][0]) if error["loc"] else ""
    problem = PROBLEMS.get(error["type"], "not_valid")
    context = error.get("ctx", {})
    limit = next((context[name] for name in FACTS if name in context), "")
    if problem == "pattern" and str(limit) == DIGEST:
        problem = "digest_form"
    shown = "" if problem == "not_given" else str(error["input"])
    facts = {"limit": str(limit), **why_refused(error)}
    return Finding(f"{kind}.{column}.{problem}", kind, column, value=shown, facts=facts)
