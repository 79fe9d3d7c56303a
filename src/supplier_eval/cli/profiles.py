"""The command ``profiles``: the published regimes and the company's default, or the gates and criteria of one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from supplier_eval.cli.options import LangOption, Language
from supplier_eval.cli.reading import as_json, print_json

if TYPE_CHECKING:
    from supplier_eval.policy import Policy


class ProfileFormat(StrEnum):
    """How profiles are printed."""

    table = "table"
    json = "json"
    toml = "toml"


def profiles(
    name: Annotated[str | None, typer.Argument(help="Show the gates and criteria of this profile.")] = None,
    fmt: Annotated[
        ProfileFormat, typer.Option("--format", help="A table to read, one JSON document, or one profile as TOML.")
    ] = ProfileFormat.table,
    lang: LangOption = Language.en,
) -> None:
    """List the published regimes and the company's default, or the gates and criteria of one, with their ids."""
    from supplier_eval.policy import Policy, Regime, profile_names

    if name is not None:
        _one(Policy.profile(name), name, fmt, lang)
        return
    if fmt is ProfileFormat.toml:
        raise typer.BadParameter("--format toml is for one profile: name it")
    regimes = {profile: Regime.named(profile) for profile in profile_names()}
    if fmt is ProfileFormat.json:
        print_json(as_json({p: r.model_dump(mode="json") for p, r in regimes.items()}))
        return
    from supplier_eval.report.console import print_profiles

    print_profiles(regimes, lang.value)


def _one(policy: Policy, name: str, fmt: ProfileFormat, lang: Language) -> None:
    from supplier_eval.policy import Regime

    regime = Regime.named(name)
    if fmt is ProfileFormat.json:
        document = {"fingerprint": policy.fingerprint, "regime": regime.model_dump(mode="json")}
        print_json(as_json({**document, "policy": policy.model_dump(mode="json", exclude_defaults=True)}))
    elif fmt is ProfileFormat.toml:
        print(policy.to_toml())
    else:
        from supplier_eval.report.console_policy import print_policy

        print_policy(policy, name, regime.title.say(lang.value), lang.value)
