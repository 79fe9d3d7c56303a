"""The commands that show a whole: archive, opening, dashboard, security, kinds."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from registry_contract import Contracting
from registry_procedure import Procedure
from supplier_eval.cli import main
from supplier_eval.registry.store import Registry


class StandingClock:
    """Gives the same moment until it is advanced."""

    now = datetime(2026, 11, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SUPPLIER_EVAL_REGISTRY", str(tmp_path / "store.sqlite"))
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = main(["registry", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    assert asked("init", "--actor", "ann")[0] == 0
    assert asked("add", "supplier", "id=S1", "name==1+1", "categories=ITO", "--actor", "ann")[0] == 0
    return asked


def test_the_archive_is_shown_and_written_as_a_page(run, tmp_path):
    run("add", "certificate", "id=C1", "supplier=S1", "name=ISO")
    code, out, err = run("archive", "s1", "--out", "pages", "--lang", "zh")
    assert code == 0
    assert "资质证书" in out
    assert "archive.html" in err
    assert "=1+1" in (tmp_path / "pages" / "archive.html").read_text(encoding="utf-8")
    document = json.loads(run("archive", "S1", "--format", "json")[1])
    assert [one["fields"]["id"] for one in document["parts"]["certificate"]] == ["C1"]
    assert run("archive", "S9")[0] == 1


def test_where_everything_stands_is_counted(run):
    run("add", "certificate", "id=C1", "supplier=S1", "name=ISO", "valid_until=2020-01-31")
    code, out, _ = run("dashboard")
    assert code == 0
    assert "overdue: 1" in out
    document = json.loads(run("dashboard", "--format", "json")[1])
    assert {(one["kind"], one["n"]) for one in document["states"]} == {("supplier", 1), ("certificate", 1)}
    assert [one["id"] for one in document["overdue"]] == ["C1"]


def test_gaps_of_security_are_listed(tmp_path, run):
    clock = StandingClock()
    with Registry.create(tmp_path / "running.sqlite", actor="li", clock=clock) as made:
        running = Contracting(made, clock).running()
    store = ("--store", str(tmp_path / "running.sqlite"))
    code, out, _ = run("security", "--lang", "zh", *store)
    assert code == 0
    assert f"合同 {running.id}" in out
    document = json.loads(run("security", "--format", "json", *store)[1])
    assert document["contracts"] == 1
    assert {"responsibility", "access-control"} < {gap["item"] for gap in document["gaps"]}


def test_kinds_are_listed_with_fields_and_moves(run):
    assert "improvement_plan" in run("kinds")[1]
    out = run("kinds", "supplier")[1]
    assert "unified_code" in out
    assert "suspend" in out
    assert set(json.loads(run("kinds", "bid", "--format", "json")[1])) == {"bid"}
    assert run("kinds", "nothing")[0] == 1


def test_an_opening_is_shown_with_the_head_of_the_audit_and_written_as_a_page(run, tmp_path):
    clock = StandingClock()
    with Registry.create(tmp_path / "tender.sqlite", actor="li", clock=clock) as made:
        Procedure(made, clock).opened()
        (opening,) = made.where("opening")
    store = ("--store", str(tmp_path / "tender.sqlite"))
    code, out, err = run("opening", opening.id, "--out", "pages", "--lang", "zh", *store)
    assert code == 0
    assert "见证人" in out
    assert "opening.html" in err
    anchor = run("anchor", *store)[1].strip()
    assert anchor in (tmp_path / "pages" / "opening.html").read_text(encoding="utf-8")
    document = json.loads(run("opening", opening.id, "--format", "json", *store)[1])
    assert (document["anchor"], len(document["bids"])) == (anchor, 3)
    assert run("opening", "O-9", *store)[0] == 1
