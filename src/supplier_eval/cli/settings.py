"""Settings on the command line, NAME=VALUE, for the screens that know them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS = ("coalition_sizes",)


def settings_named(given: Sequence[str]) -> dict[str, object]:
    """Name → value; whole numbers and fractions are read as such, 3,4 as a list where one is asked for.

    Parameters
    ----------
    given : sequence of str
        ``NAME=VALUE`` each; of a name that stands twice the last counts.
    """
    found: dict[str, object] = {}
    for one in given:
        name, sign, value = (part.strip() for part in one.partition("="))
        if not name or not sign or (not value and name not in LISTS):
            raise typer.BadParameter(f"--setting is NAME=VALUE, not {one!r}")
        parts = [part for part in value.split(",") if part.strip()]
        found[name] = tuple(_value(part) for part in parts) if name in LISTS else _value(value)
    return found


def of_bids_and_market(settings: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Part settings for the screens inside tenders from those across them.

    Raises
    ------
    InvalidInput
        With every name that neither knows, and the nearest of all names where one is near.
    """
    from supplier_eval.errors import Finding, InvalidInput
    from supplier_eval.integrity.market_settings import MarketSettings
    from supplier_eval.integrity.screen_settings import ScreenSettings

    inside, across = ({field.name for field in fields(kind)} for kind in (ScreenSettings, MarketSettings))
    unknown = [name for name in settings if name not in inside | across]
    if unknown:
        facts = [{"near": _near(name, sorted(inside | across))} for name in unknown]
        raise InvalidInput(
            [
                Finding("screens.setting_unknown", "settings", name, value=name, facts=fact)
                for name, fact in zip(unknown, facts, strict=True)
            ],
            "--setting",
        )
    return (
        {name: value for name, value in settings.items() if name in inside},
        {name: value for name, value in settings.items() if name in across},
    )


def by_indicator(settings: Mapping[str, object]) -> dict[str, object]:
    """``R003.threshold`` as a setting of its own indicator; names without a point stay as they are."""
    found: dict[str, object] = {}
    for name, value in settings.items():
        section, point, key = name.partition(".")
        own = found.setdefault(section, {}) if point else None
        if isinstance(own, dict):
            own[key] = value
        else:
            found[name] = value
    return found


def _near(name: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return near[0] if near else ", ".join(known)


def _value(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text.strip()
