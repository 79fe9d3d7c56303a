"""Both languages hold the same labels, every label is used, and every label that is used is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import supplier_eval.report as room
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.policy.criteria import Criterion
from supplier_eval.policy.rules import PanelRule, PriceRule
from supplier_eval.report.tables import RUNGS
from supplier_eval.report.words import words
from supplier_eval.score.panel_front import MEASURES

ROOM = Path(room.__file__).parent
# Tables of labels whose keys are made by the code, and where the code makes them.
MADE = {
    "aggregation": 'f"aggregation.{',
    "alt": 'f"alt.{',
    "column": 'f"column.{',
    "console": 'f"console.{',
    "head": 'f"head.{',
    "key": 'f"key.{',
    "measure": 'f"measure.{',
    "month": 'f"month.{',
    **{f"risk_{kind}": f'f"risk_{kind}.{{' for kind in ("head", "measure", "colour")},
    **{f"risk_{kind}": f"f'risk_{kind}.{{" for kind in ("question", "reason")},
    "risk_takes": 'f"risk_takes.{',
    **{kind: f'f"{kind}.{{' for kind in ("plan", "plan_head", "plan_choice")},
    "registry_due": 'f"registry_due.{',
    "rung": 'f"rung.{',
    "sheet": 'f"sheet.{',
    "source": 'f"source.{',
    "standing": 'f"standing.{',
    "state": 'f"state.{',
    "tax": "tax.{",
    "verified": "verified.{",
}
CLOSED = {
    "aggregation",
    "key",
    "measure",
    "month",
    "plan_choice",
    "registry_due",
    *("risk_question", "risk_reason", "risk_takes", "risk_measure", "risk_colour"),
    "source",
    "standing",
    "state",
    "tax",
    "verified",
}  # choices of the code
TEMPLATE = {"page": 'say["page." ~ standing]', "letter": 'say["letter.table_" ~ table.name]'}


def source() -> str:
    files = [*ROOM.glob("*.py"), *(ROOM / "templates").iterdir()]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_both_languages_have_the_same_keys_and_placeholders():
    english, chinese = words("en"), words("zh")
    assert set(english) == set(chinese)
    for key, label in english.items():
        assert set(re.findall(r"{(\w+)}", label)) == set(re.findall(r"{(\w+)}", chinese[key])), key


def test_chinese_labels_are_chinese():
    for key, label in words("zh").items():
        text = re.sub(r"{\w+}", "", label)
        assert re.search(r"[\u4e00-\u9fff]", text) or not re.search("[A-Za-z]{2}", text) or "ICC" in text, key


def made(table: str, name: str) -> str:
    """How the code writes a key whose end it fills in, or that adds to one: ``head.rounded_{``, ``{kind}_note``."""
    return "_note" if name.endswith("_note") else f"{table}.{name.partition('_')[0]}_{{"


def everywhere() -> set[str]:
    """Every word of the code and of the data beside it, and the months' numbers: what a choice can be called."""
    files = (file for file in ROOM.parent.rglob("*") if file.suffix in {".py", ".toml"} and file.parent.name != "words")
    found = set(re.findall(r"[\"'`]([a-z0-9_]+)[\"'`]", "\n".join(file.read_text(encoding="utf-8") for file in files)))
    return found | {str(n) for n in range(1, 13)}


def test_no_label_is_unused():
    text = source()
    literals = set(re.findall(r"[\"']([a-z_]+)[\"']", text))
    choices = everywhere()
    for key in words("en"):
        table, _, name = key.partition(".")
        if f'"{key}"' in text or f"'{key}'" in text:
            continue
        if table in MADE and MADE[table] in text:
            known = choices if table in CLOSED else literals
            assert name in known or made(table, name) in text, f"{key} is used nowhere"
            continue
        assert table in TEMPLATE, f"{key} is used nowhere"
        assert TEMPLATE[table] in text
        assert name in {"binding", "exploratory"} or name.removeprefix("table_") in literals, f"{key} is used nowhere"


def test_every_label_that_is_named_exists():
    used = set(re.findall(r"say\[\"([a-z_.]+)\"\]", source())) | set(re.findall(r"say\['([a-z_.]+)'\]", source()))
    assert used
    assert used <= set(words("en"))


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("measure", MEASURES),
        ("rung", RUNGS),
        ("aggregation", PanelRule.model_fields["aggregation"].annotation.__args__),
        ("tax", PriceRule.model_fields["tax_basis"].annotation.__args__),
        ("source", ("marks", "facts", "past", "price")),
        ("state", ("open", "accepted", "excluded", "noted")),
        ("standing", ("binding", "exploratory", "watermark")),
        ("month", tuple(str(n) for n in range(1, 13))),
    ],
)
def test_labels_of_every_choice_exist(table, keys):
    for key in keys:
        assert words("en")[f"{table}.{key}"]
    assert Criterion.model_fields  # the policy's own words stand in the policy


def test_a_language_that_does_not_exist_is_refused():
    with pytest.raises(UnknownLanguageError, match="language"):
        words("fr")  # type: ignore[arg-type]


def test_every_page_and_chart_refuses_a_language_without_words(desk, tmp_path):
    for write in (
        lambda: room.write_report(desk, tmp_path, lang="fr"),
        lambda: room.write_panel(desk, tmp_path / "panel.html", "fr"),
        lambda: room.write_workbook(desk, tmp_path / "book.xlsx", lang="fr"),
        lambda: room.write_evaluation_report(desk, tmp_path / "e.html", "fr"),
        lambda: room.write_opening_record(desk, tmp_path / "o.html", "fr"),
        lambda: room.ranking_bars(next(iter(desk.lots.values())).ranking, lang="fr"),
    ):
        with pytest.raises(UnknownLanguageError, match="'fr'"):
            write()
    assert not list(tmp_path.iterdir())
