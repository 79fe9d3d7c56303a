"""The company's rules in the store: read once, read again when somebody has changed them."""

from __future__ import annotations

import tomllib
from importlib import resources

import tomli_w
from pydantic import ValidationError

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages.faults import why_not_toml
from supplier_eval.policy.refused_values import why_refused
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_reading import Reading

RULES = "rules"


class Rules:
    """The rules that were read last."""

    def __init__(self) -> None:
        self._text = ""
        self._rules = HouseRules()

    def of(self, reading: Reading) -> HouseRules:
        """The rules in force in this transaction."""
        text = reading.meta(RULES)
        if text != self._text:
            self._text, self._rules = text, HouseRules.from_toml(text)
        return self._rules


def rules_text(rules: HouseRules | str | None) -> str:
    """Rules as the TOML that the store keeps, checked.

    Raises
    ------
    InvalidInput
        With everything that does not hold together in them.
    """
    if rules is None:
        return resources.files("supplier_eval.registry").joinpath("house_rules.toml").read_text(encoding="utf-8")
    if isinstance(rules, HouseRules):
        return tomli_w.dumps(rules.model_dump(mode="json", exclude_none=True))
    try:
        HouseRules.from_toml(rules)
    except tomllib.TOMLDecodeError as wrong:
        raise InvalidInput([Finding("registry.rules.not_toml", "rules", facts={"why": why_not_toml(wrong)})]) from None
    except ValidationError as refused:
        raise InvalidInput(
            Finding(
                "registry.rules.not_valid",
                "rules",
                ".".join(str(part) for part in error["loc"]),
                value=str(error["input"]),
                facts=why_refused(error),
            )
            for error in refused.errors(include_url=False)
        ) from None
    return rules
