"""Evaluations that several tests of the report look at; each is made once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from report import office
from report.browser import Opened, chromium
from report.changed_books import change, formula_book, plant
from report.made_books import WEIGHED, moved, to_weigh
from report.made_reports import HOSTILE, evaluated, policy_data
from supplier_eval.evaluation import Evaluation
from supplier_eval.intake.assemble import read_tender
from supplier_eval.messages import Lang
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.report.documents import report_page
from supplier_eval.report.panel_page import write_panel
from supplier_eval.report.workbook import write_workbook
from supplier_eval.robustness.answers import LotAnswer, answer_lots

NAMES = ("Alpha IT", "Beta 服务", "Gamma AG", "Delta Ltd", "Epsilon", "Zeta")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="session")
def desk(folder: Path) -> Evaluation:
    """Six bids: one late, one without a licence, an outlier mark, a low price that was accepted; binding."""
    ruling = {"bid": "B4", "case": "price.abnormal.below_share_of_mean", "ruling": "accept", "value": ""}
    ruling |= {"by": "Dr E2-Surname", "on": "2026-03-09", "reason": "calculation shown"}
    return evaluated(
        folder / "desk",
        NAMES,
        facts={(2, "licence"): "no"},
        late=[4],
        marks={(0, "team", "E3"): 5.0},
        prices=["1000000", "1100000", "1050000", "400000.50", "990000", "1010000"],
        rulings=[ruling],
    )


@pytest.fixture(scope="session")
def proposal(folder: Path) -> Evaluation:
    """The same with a policy that nobody adopted: exploratory."""
    data = policy_data()
    del data["adoption"]
    return evaluated(folder / "proposal", NAMES, Policy.from_mapping(data))


@pytest.fixture(scope="session")
def hostile(folder: Path) -> Evaluation:
    """Bidders with names that want to be formulas, tags, mathematics or templates."""
    return evaluated(folder / "hostile", HOSTILE)


@pytest.fixture(scope="session")
def sixty(folder: Path) -> Evaluation:
    """Sixty bids with names of ordinary length."""
    return evaluated(folder / "sixty", [f"Bidder number {i} {'长名称有限公司' * (i % 3)}" for i in range(60)])


@pytest.fixture(scope="session")
def lonely(folder: Path) -> Evaluation:
    """One bid only."""
    return evaluated(folder / "lonely", ["Only One"])


@pytest.fixture(scope="session")
def stopped(folder: Path) -> Evaluation:
    """Fewer valid bids than the procedure needs."""
    policy = Policy.from_mapping(policy_data(procedure={"minimum_valid_bids": 3}))
    return evaluated(folder / "stopped", ["One", "Two"], policy, prices=["987654", "876543"])


@pytest.fixture(scope="session")
def sealed(folder: Path) -> Evaluation:
    """Two envelopes, technical marks not locked: prices stay closed."""
    policy = Policy.from_mapping(policy_data(procedure={"envelopes": 2}))
    return evaluated(folder / "sealed", ["One", "Two", "Three"], policy, prices=["987654", "876543", "765432"])


@pytest.fixture(scope="session")
def below_floor(folder: Path) -> Evaluation:
    """Two envelopes, locked; the third bid is below the floor and its envelope stays closed."""
    policy = Policy.from_mapping(policy_data(procedure={"envelopes": 2}))
    members = ("E1", "E2", "E3", "E4", "E5")
    return evaluated(
        folder / "floor",
        ["One", "Two", "Three"],
        policy,
        prices=["987654", "876543", "765432"],
        notice={"technical_locked": "2026-03-08T09:00:00+08:00"},
        marks={(2, "plan", member): 1.0 for member in members},
        facts={(2, "certified"): "no"},
    )


@pytest.fixture(scope="session")
def two_lots(folder: Path) -> Evaluation:
    """Two lots with three bids each; E5 has a conflict in one of them."""
    policy = Policy.from_mapping(policy_data(panel={"minimum_members": 3, "aggregation": "trimmed_mean", "trim": 1}))
    return evaluated(folder / "lots", NAMES, policy, lots=("north", "south"), conflicts={"E5": "B1"})


@pytest.fixture(scope="session")
def tied(folder: Path) -> Evaluation:
    """Two equal bids on the first rank and one behind."""
    made = evaluated(folder / "tie", ["One", "Two", "Three"], prices=["100", "100", "100"])
    marks = made.tender.marks.copy()
    for bid in ("B2", "B3"):
        same = marks.loc[marks["bid"] == "B1", "mark"].to_numpy()
        marks.loc[marks["bid"] == bid, "mark"] = same - (10 if bid == "B3" else 0)
    facts = {(bid, name): fact for (_, name), fact in made.tender.facts.items() for bid in ("B1", "B2", "B3")}
    bids = made.tender.bids.assign(small_business=False)
    past = dict.fromkeys(made.tender.past, made.tender.past["B1"])
    return evaluate(dataclasses.replace(made.tender, marks=marks, facts=facts, bids=bids, past=past))


@pytest.fixture(scope="session")
def page_of() -> Callable[[Evaluation, Lang], str]:
    """Pages, each made once."""
    made: dict[tuple[int, str], str] = {}

    def page(evaluation: Evaluation, lang: Lang) -> str:
        key = (id(evaluation), lang)
        if key not in made:
            made[key] = report_page(evaluation, lang)
        return made[key]

    return page


@pytest.fixture(scope="session")
def museum() -> Evaluation:
    """The Venice museums tender 18/2017: agreed marks, four prices quoted as discounts, one bid below the threshold."""
    return evaluate(read_tender(Path(__file__).parents[2] / "data" / "samples" / "museum-services"))


@dataclasses.dataclass(frozen=True)
class Recalculated:
    """Workbooks as written, and as a spreadsheet program computes them afresh."""

    given: dict[str, Path]
    fresh: dict[str, Path]


@pytest.fixture(scope="session")
def recalculated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    """All workbooks of these tests through one run of the program; the tests are skipped where it is not installed."""
    if office.PROGRAM is None:
        pytest.skip(office.WHY_NOT)
    folder = tmp_path_factory.mktemp("workbooks")
    names = ("desk", "proposal", "hostile", "two_lots", "tied", "below_floor", "sealed", "sixty")
    given = {name: write_workbook(request.getfixturevalue(name), folder / f"{name}.xlsx") for name in names}
    given["chinese"] = write_workbook(request.getfixturevalue("desk"), folder / "chinese.xlsx", lang="zh")
    given["planted"] = plant(given["desk"], folder / "planted.xlsx")
    given["marked"] = change(given["desk"], folder / "marked.xlsx", "Marks", ("team", "B2", "E1"), 100.0)
    given["weighed"] = change(given["desk"], folder / "weighed.xlsx", "Weights", ("team", "projects"), (30.0, 50.0))
    given["heavier"] = change(given["desk"], folder / "heavier.xlsx", "Weights", ("price",), (60.0,))
    given["group"] = change(given["desk"], folder / "group.xlsx", "Weights", ("team",), (1.0,))
    given["formulas"] = formula_book(folder / "formulas.xlsx")
    for name in WEIGHED:
        evaluation = to_weigh(name, folder)
        given[name] = write_workbook(evaluation, folder / f"{name}.xlsx")
        new = moved(evaluation)
        given[f"{name} weighed"] = change(
            given[name], folder / f"{name} weighed.xlsx", "Weights", tuple(new), tuple(map(float, new.values()))
        )
    given["museum"] = given["museum-services"]
    fresh = office.recalculate([path for name, path in given.items() if name != "museum"], folder)
    return Recalculated(given, fresh | {"museum": fresh["museum-services"]})


@pytest.fixture(scope="session")
def service_desk() -> Evaluation:
    """The sample of three lots."""
    return evaluate(read_tender(Path(__file__).parents[2] / "data" / "samples" / "service-desk"))


@pytest.fixture(scope="session")
def answered() -> Callable[[Evaluation], tuple[LotAnswer, ...]]:
    """How firm the winners of an evaluation are, asked once."""
    found: dict[int, tuple[LotAnswer, ...]] = {}

    def answers(evaluation: Evaluation) -> tuple[LotAnswer, ...]:
        if id(evaluation) not in found:
            found[id(evaluation)] = answer_lots(evaluation.tender, draws=256)
        return found[id(evaluation)]

    return answers


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser, tmp_path):
    """Write the panel page and open it; afterwards nothing may have been asked for or complained about."""
    made = []

    def open_page(evaluation: Evaluation, *, answers=(), **more) -> Opened:
        path = write_panel(evaluation, tmp_path / f"{len(made)}.html", answers=answers, **more)
        made.append((Opened(browser, path), path))
        return made[-1][0]

    yield open_page
    for one, path in made:
        one.page.close()
        assert one.requests == [path.as_uri()]
        assert one.complaints == []
