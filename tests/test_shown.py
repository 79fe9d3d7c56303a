"""Every result shows itself in a notebook: short, in one language, and inert whatever stands in it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import supplier_eval as se
from report import made_awards, made_planning, made_reviews, made_risks, made_screens
from supplier_eval.award import award_lots
from supplier_eval.flags import Flag
from supplier_eval.messages import LANGS, UnknownLanguageError, message
from supplier_eval.robustness import score_lines, weight_stability
from supplier_eval.shown import COLUMNS, ROWS, Shown, as_html

DESK = Path(__file__).parents[1] / "data" / "samples" / "service-desk"
ABOVE = {"report", "cli"}
RESULT = ("to_frame", "explain", "standing")
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "$x^2$",
    r"\(y\)",
    "\u202ebidder\u202c",
    '"&amp;"',
    "=1+1",
)
TAGS = {"div", "p", "b", "strong", "code", "br", "span", "table", "thead", "tbody", "tr", "th", "td"}


class Read(HTMLParser):
    """Tags and attributes, and the texts between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.texts.append(data)


def read(shown: str) -> Read:
    found = Read()
    found.feed(shown)
    return found


def rooms():
    names = [m.name for m in pkgutil.iter_modules(se.__path__, "supplier_eval.")]
    return [name for name in names if name.split(".")[1] not in ABOVE and name != "supplier_eval.__main__"]


def public_classes():
    """Whatever the packages name in `__all__`, and whatever their modules define, that has what results have."""
    found = {}
    for room in ["supplier_eval", *rooms()]:
        package = importlib.import_module(room)
        offered = [getattr(package, name) for name in getattr(package, "__all__", ())]
        within = pkgutil.walk_packages(getattr(package, "__path__", ()), f"{room}.") if room != "supplier_eval" else ()
        modules = [package, *(importlib.import_module(m.name) for m in within)]
        offered += [cls for m in modules for cls in vars(m).values() if getattr(cls, "__module__", "") == m.__name__]
        for cls in offered:
            if isinstance(cls, type) and not cls.__name__.startswith("_") and is_result(cls):
                found[f"{cls.__module__}.{cls.__name__}"] = cls
    return found


def is_result(cls: type) -> bool:
    if hasattr(cls, "model_fields"):  # a record of the registry; `Stored` shows it
        return False
    own = {name for base in cls.__mro__ for name in (*vars(base), *getattr(base, "__annotations__", {}))}
    return bool(own & set(RESULT)) and cls is not Shown


@pytest.fixture(scope="module")
def desk():
    return se.evaluate(se.read_tender(DESK))


@pytest.fixture(scope="module")
def nasty():
    table = pd.DataFrame({"quality": range(10, 17), "<b>price</b> $z$": range(20, 27)}, index=pd.Index(HOSTILE))
    return se.ScoreSheet.from_frame(table, {"quality": 50, "<b>price</b> $z$": 50})


@pytest.fixture
def chinese():
    se.show_in("zh")
    yield
    se.show_in("en")


def test_every_public_result_shows_itself():
    found = public_classes()
    assert len(found) > 90, "the search finds too few of them"
    bare = sorted(name for name, cls in found.items() if not issubclass(cls, Shown))
    assert not bare, "let them take `supplier_eval.shown.Shown` as a base"


def test_there_is_one_way_of_showing():
    owners = {base for cls in public_classes().values() for base in cls.__mro__ if "_repr_html_" in vars(base)}
    assert owners == {Shown}


def test_head_rows_and_sentences_are_shown(desk):
    shown = desk._repr_html_()
    assert "<b>Evaluation</b>" in shown
    assert "<strong>binding</strong>" in shown
    assert desk.policy_fingerprint[:16] in shown
    assert shown.count("<tr") == ROWS + 1
    assert f"12 of {len(desk.to_frame())} rows" in shown
    assert "explain(bid)" in shown
    compared = desk.compare("YX-1", "QH-1")
    said = compared.explain()
    n = len(re.findall(r"\.(?=\s|$)", said))
    assert f"<code>explain()</code>: {n} sentence" in compared._repr_html_()


def test_figures_are_those_of_the_frame(desk):
    frame = desk.lots["L1"].ranking.to_frame()
    texts = read(desk.lots["L1"].ranking._repr_html_()).texts
    for figure in frame["total"].dropna():
        assert any(text.strip() == f"{figure}" for text in texts), figure


def test_an_exploratory_result_says_so(nasty):
    assert "<strong>exploratory</strong>" in nasty._repr_html_()


def test_the_language_is_chosen_once(desk, chinese):
    shown = desk.lots["L1"].qualification._repr_html_()
    assert "有约束力" in desk._repr_html_()
    assert "显示前" in shown
    assert desk.flags[0].say("zh") in "".join(read(desk.flags[0]._repr_html_()).texts)
    with pytest.raises(UnknownLanguageError):
        se.show_in("fr")


def test_names_from_outside_are_inert(nasty, desk):
    ranking = se.rank_bids(nasty)
    flags = [replace(desk.flags[0], bid=name) for name in HOSTILE]
    assert all(isinstance(flag, Flag) for flag in flags)
    for one in (nasty, ranking, se.robustness.weight_stability(nasty), *flags):
        found = read(one._repr_html_())
        assert found.tags <= TAGS
        assert found.attributes <= {"class", "style", "dir"}
        for text in found.texts:
            assert text in {"$", "\\"} or not set(text) & {"$", "\\"}
            assert not any(unicodedata.category(c) in {"Cf", "Cc"} for c in text if c != "\n")
        assert 'class="supplier-eval tex2jax_ignore mathjax_ignore"' in one._repr_html_()
    assert "<script>alert(1)</script>" in "".join(read(ranking._repr_html_()).texts), "the name can be read"


def results_in(given, deeper=3):
    """A result and those that it holds."""
    if isinstance(given, Shown):
        yield given
    held = given.values() if isinstance(given, Mapping) else given if isinstance(given, tuple | list) else ()
    if is_dataclass(given):
        held = [getattr(given, field.name, None) for field in fields(given)]
    if deeper:
        for one in list(held)[:12]:
            yield from results_in(one, deeper - 1)


def test_results_of_the_samples_show_themselves_shortly_in_both_languages(desk):
    sheet = desk.lots["L1"].sheet
    asked = [desk, made_risks.made(), made_planning.made(), made_reviews.two_years(), made_screens.made()]
    asked += [weight_stability(sheet), score_lines(sheet, "price"), award_lots(made_awards.shop(), gap=0)]
    kinds = {type(one).__name__: one for given in asked for one in results_in(given)}
    assert len(kinds) > 30
    for one in kinds.values():
        for lang in LANGS:
            shown = as_html(one, lang)
            assert len(shown) < 12_000
            assert read(shown).tags <= TAGS
            standing = getattr(one, "standing", None)
            assert standing is None or message(f"shown.{standing}", lang) in shown


def test_a_wide_or_long_frame_is_cut():
    @dataclass(frozen=True)
    class Wide(Shown):
        def to_frame(self):
            return pd.DataFrame([[0] * 40] * 500)

    shown = Wide()._repr_html_()
    assert shown.count("<th>") == COLUMNS
    assert "12 of 500 rows, 40 columns" in shown
    assert len(shown) < 20_000


def test_missing_figures_are_dashes_and_times_stay_times():
    @dataclass(frozen=True)
    class Gaps(Shown):
        def to_frame(self):
            day = pd.Timestamp("2026-11-30")
            return pd.DataFrame({"a": [1.5, None], "b": ["x", None], "c": [day, pd.NaT], "b2": [("<i>", 1), {}]})

    found = read(Gaps()._repr_html_())
    assert sum(text.strip() == "–" for text in found.texts) == 3
    assert "2026-11-30" in found.texts
    assert "i" not in found.tags


def test_what_has_no_frame_shows_its_sentences_or_its_fields(desk):
    @dataclass(frozen=True)
    class Told(Shown):
        def explain(self, lang="en"):
            return "\n".join(f"Sentence {i} of <b>." for i in range(20))

    shown = Told()._repr_html_()
    assert shown.count("Sentence") == ROWS
    assert "and 8 more" in shown
    assert "20 sentences" in shown
    assert "L1" in read(desk.lots["L1"]._repr_html_()).texts


def test_a_record_shows_its_fields():
    from datetime import UTC, datetime

    from supplier_eval.registry import Stored, kind_named

    supplier = kind_named("supplier")
    needed = {name: "" for name, f in supplier.model_fields.items() if f.is_required()}
    record = supplier.model_construct(**{**needed, "id": "S1", "name": HOSTILE[0]})
    found = read(Stored(record, "active", 1, datetime(2026, 11, 30, tzinfo=UTC), "E1")._repr_html_())
    assert {"id", "S1"} <= set(found.texts)
    assert "script" not in found.tags


def test_showing_asks_for_nothing_that_needs_an_answer():
    """`explain` without what it must be told is never called."""

    @dataclass(frozen=True)
    class Asks(Shown):
        def explain(self, bid, lang="en"):
            raise AssertionError(bid)

    assert "explain(bid)" in Asks()._repr_html_()
    assert "bid" in inspect.signature(Asks.explain).parameters


def test_anything_else_is_shown_by_its_repr():
    assert "Anything" in as_html(type("Anything", (), {"__repr__": lambda self: "Anything <b>"})(), "en")
