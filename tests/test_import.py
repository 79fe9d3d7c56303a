"""`import supplier_eval` is light: nothing heavy loads before it is used."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import supplier_eval as se

MUSEUMS = Path(__file__).parents[1] / "data" / "samples" / "museum-services"
LATER = ("matplotlib", "pulp", "highspy", "sqlalchemy", "openpyxl", "xlsxwriter", "jinja2", "rich", "typer")
OTHERS = "set(se.__all__) - {'Registry'}"  # the store is the database: to name it is to use it
NAMES = f"import supplier_eval as se\nfor name in {OTHERS}: getattr(se, name)"
EVALUATION = f"import supplier_eval as se\nse.evaluate(se.read_tender({str(MUSEUMS)!r})).to_dict()"


def loaded_after(statements: str, names: tuple[str, ...]) -> list[str]:
    """Which of these libraries a fresh interpreter has loaded after the statements."""
    shown = f"{statements}\nimport json, sys\nprint(json.dumps([n for n in {names!r} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_bare_import_loads_no_library_at_all():
    libraries = (*LATER, "numpy", "pandas", "pyarrow", "scipy", "pydantic")
    assert loaded_after("import supplier_eval", libraries) == []


@pytest.mark.parametrize(
    "statements", [NAMES, EVALUATION], ids=["every name but the store", "an evaluation of CSV tables"]
)
def test_charts_solvers_databases_and_workbooks_load_only_when_they_are_used(statements):
    assert loaded_after(statements, LATER) == []


def test_the_search_for_loaded_libraries_finds_them():
    assert loaded_after(EVALUATION, ("pandas", "pydantic")) == ["pandas", "pydantic"]


def test_the_award_is_a_namespace_that_loads_no_solver_before_it_is_used():
    assert (
        loaded_after("import supplier_eval as se\nse.award.award_lots, se.award.read_problem", ("pulp", "highspy"))
        == []
    )
    assert "award" in dir(se)


def test_every_public_name_is_there_and_listed():
    assert all(getattr(se, name) is not None for name in se.__all__)
    assert set(se.__all__) <= set(dir(se))


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="evaluat"):
        se.evaluat  # noqa: B018


def test_no_module_hides_behind_a_public_name_of_its_package():
    """Whoever imports the module would get it in place of the name."""
    source = Path(se.__file__).parent
    hidden = []
    for package in [source, *(entry for entry in source.iterdir() if (entry / "__init__.py").exists())]:
        named = ".".join(("supplier_eval", *package.relative_to(source).parts))
        public = set(getattr(importlib.import_module(named), "__all__", ()))
        modules = {module.stem for module in package.glob("*.py")}
        hidden += [f"{named}.{name}" for name in sorted(public & modules)]
    assert not hidden


def test_every_room_lists_its_public_names_where_the_reference_looks_for_them():
    """The pages of the reference hold what `dir` lists of a room."""
    pages = {
        page.stem.removeprefix("se-") for page in (Path(__file__).parents[1] / "docs" / "reference").glob("se-*.md")
    }
    for room in (r for r in se._ROOMS if hasattr(getattr(se, r), "__all__")):
        module = getattr(se, room)
        assert room in pages, f"docs/reference/se-{room}.md is missing"
        assert set(module.__all__) <= set(dir(module)), room
