"""The house: imports run down only, each foreign library has one door, tests mirror the source (docs/house.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "supplier_eval"
TESTS = Path(__file__).parent
FLOORS = {
    "messages": 0,
    "shown": 0,
    "findings": 0,
    "errors": 1,
    "flags": 1,
    "policy": 2,
    "clock": 2,
    "intake": 3,
    "qualify": 4,
    "integrity": 4,
    "registry": 4,
    "score": 5,
    "rank": 6,
    "monitor": 6,
    "risk": 6,
    "evaluation": 7,
    "procedure": 8,
    "planning": 8,
    "robustness": 9,
    "award": 9,
    "batch": 10,
    "keeping": 10,
    "report": 11,
    "cli": 12,
    "__init__": 12,
    "__main__": 13,
}
DOORS = {
    "pulp": {"award/model.py", "risk/measures_model.py"},  # risk stands below award
    "highspy": {"award/model.py"},
    "sqlalchemy": {
        *(
            f"registry/store_{name}.py"
            for name in ("engine", "faults", "tables", "migrations", "reading", "writing", "backup")
        ),
    },
    "matplotlib": {"report/charts.py"},
    "xlsxwriter": {"report/workbook.py"},
    "openpyxl": set(),  # xlsx is read by our own bounded reader
    "pyarrow": {"intake/parquet.py", "batch/files.py"},  # small tables with bounds; streams of any size
    "dask": {"batch/dask.py"},
    "rich": {"report/console.py", "report/progress.py"},
    "typer": {
        f"cli/{name}.py"
        for name in (
            *(
                "commands",
                "award",
                "options",
                "settings",
                "batch",
                "screen",
                "review",
                "risk",
                "plan",
                "template",
                "profiles",
            ),
            *("registry", "registry_keeping", "registry_options", "registry_overviews", "registry_tenders"),
        )
    },
    "jinja2": {"report/documents.py"},
    "ipywidgets": {"report/widgets.py"},
    "docx": {"report/word.py"},
}
PLAIN = (
    "planning/present_value.py",
    *("clock/spans.py", "clock/holds.py", "monitor/percentiles.py", "monitor/price_level.py"),
    *("monitor/suppression.py",),
    *("integrity/market_arrays.py", "integrity/exact_tails.py", "integrity/co_bidding.py", "integrity/companions.py"),
    *("integrity/rotation.py", "integrity/pair_shares.py", "integrity/coalitions.py"),
    *("integrity/single_bidding.py", "integrity/reserve_distance.py", "integrity/near_ties.py"),
    *("integrity/price_figures.py", "integrity/price_patterns.py", "integrity/uniform_tests.py"),
    *("integrity/kolmogorov.py", "integrity/pair_ratios.py", "integrity/false_alarms.py"),
    "integrity/rounding_chances.py",
    *("score/order.py", "score/block.py", "score/panel.py", "score/agreement.py", "score/intraclass.py"),
    *("score/krippendorff.py", "score/evaluator_effects.py", "score/value.py", "score/value_curves.py"),
    *("score/value_levels.py", "score/value_checks.py", "score/price.py", "score/price_formula.py"),
    *("score/price_lowest.py", "score/price_ceiling.py", "score/price_mean.py", "score/price_quality.py"),
    *("score/price_deduction.py", "rank/additive.py", "rank/competition.py", "rank/decision_table.py"),
    *("rank/vikor.py", "rank/promethee.py", "rank/promethee_preference.py", "rank/electre.py", "rank/edas.py"),
    *("rank/mabac.py", "rank/codas.py", "rank/method.py", "rank/sums.py", "rank/weights.py", "rank/normalise.py"),
    *("rank/topsis.py", "rank/moora.py", "rank/spotis.py", "rank/weighted_product.py", "rank/waspas.py"),
    *("rank/aras.py", "rank/copras.py", "rank/block.py", "robustness/objective_weights.py"),
    *("robustness/agreement_of_methods.py", "robustness/stability.py", "robustness/weight_change.py"),
    *("robustness/least_distance.py", "robustness/region.py", "robustness/sampling.py"),
    *("robustness/weight_frame.py", "robustness/weight_proposals.py", "robustness/hit_and_run.py"),
    *("robustness/mark_noise.py", "robustness/affine_hull.py", "robustness/exact_shares.py"),
    *(
        "robustness/optimality.py",
        "robustness/acceptability.py",
        "robustness/polytope.py",
        "robustness/winning_set.py",
        "robustness/blockers.py",
        "robustness/zeros.py",
        "robustness/winning_ends.py",
        "robustness/price_kinks.py",
        "robustness/acceptability_block.py",
        "batch/kernel.py",
        "batch/money.py",
        "batch/groups.py",
        "risk/altman.py",
        "risk/rating_scale.py",
        "risk/concentration_index.py",
        "risk/fmea.py",
        "risk/indicator_limits.py",
        "risk/measure_sets.py",
        "risk/aggregate.py",
        "risk/frequency.py",
        "risk/loss_figures.py",
        "risk/loss_grid.py",
        "risk/loss_model.py",
        "risk/loss_sampling.py",
        "risk/severity.py",
        "risk/matrix_checks.py",
        "risk/matrix_line.py",
        "risk/misordering.py",
    ),
    *("monitor/asked_counts.py", "monitor/rate_intervals.py", "monitor/beta_binomial.py", "monitor/normal_means.py"),
    *("monitor/decay.py", "monitor/funnel_limits.py"),
    "monitor/beta_binomial_fit.py",
    "monitor/scorecard_distribution.py",
    "monitor/scorecard_points.py",
    *("monitor/xmr_chart.py", "monitor/attribute_charts.py", "monitor/ewma_chart.py", "monitor/cusum_chart.py"),
    *("monitor/run_rules.py", "monitor/run_length.py", "monitor/baseline.py", "monitor/chart_limits.py"),
    *("monitor/multiple_tests.py", "monitor/mann_kendall.py", "monitor/sen_slope.py"),
    *("monitor/attribute_plan.py", "monitor/exact_tables.py", "monitor/improvement_evidence.py"),
)


def modules() -> list[Path]:
    return sorted(SRC.rglob("*.py"))


def room(module: Path) -> str:
    parts = module.relative_to(SRC).parts
    return parts[0].removesuffix(".py")


def imported(module: Path) -> set[str]:
    """Dotted names that a module imports, wherever in the file; type-checking imports count too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            names.add(node.module or "")
            if node.module == "supplier_eval":
                names |= {f"supplier_eval.{alias.name}" for alias in node.names}
    return names


def own_imports(module: Path) -> set[str]:
    return {
        name.split(".")[1]
        for name in imported(module)
        if name.startswith("supplier_eval.") and len(name.split(".")) > 1
    }


@pytest.mark.parametrize("module", modules(), ids=lambda m: str(m.relative_to(SRC)))
def test_every_arrow_runs_down(module):
    here = room(module)
    assert here in FLOORS, f"{here} has no floor"
    for other in own_imports(module) - {here}:
        if {here, other} in (
            {"messages", "errors"},
            {"flags", "errors"},
            {"messages", "shown"},
            {"findings", "messages"},
            {"findings", "shown"},
        ):
            assert FLOORS[other] <= FLOORS[here]
            continue
        assert FLOORS[other] < FLOORS[here], f"{module.relative_to(SRC)} ({here}) imports {other}: upwards or sideways"


@pytest.mark.parametrize("module", modules(), ids=lambda m: str(m.relative_to(SRC)))
def test_each_foreign_library_has_one_door(module):
    tops = {name.split(".")[0] for name in imported(module)}
    here = str(module.relative_to(SRC))
    for library in tops & set(DOORS):
        assert here in DOORS[library], f"{here} imports {library}; its door is {sorted(DOORS[library])}"


def test_plain_modules_know_arrays_only():
    for module in (SRC / name for name in PLAIN):
        tops = {name.split(".")[0] for name in imported(module)}
        assert "pandas" not in tops, module
        assert not own_imports(module) & {"policy", "intake", "qualify"}, module


def test_the_tests_mirror_the_source():
    """Every module with code of its own has tests/<room>/test_<module>.py."""
    missing = []
    for module in modules():
        relative = module.relative_to(SRC)
        if module.name.startswith("__"):
            continue
        if not (TESTS / relative.parent / f"test_{module.name}").exists():
            missing.append(str(relative))
    assert not missing, f"no test file for: {missing}"


def test_no_test_file_without_its_module():
    free = {"test_floors.py", "test_malformed.py", "test_samples.py", "test_readme.py", "test_import.py"}
    free |= {"test_price_contract.py", "test_contract.py"}  # the laws of every formula, of every ranking method
    free |= {
        "test_every_chart.py",
        "test_notebooks.py",
        "test_published_cases.py",
        "test_ties_first.py",
        "test_screen_pages.py",
        "test_numbers_read_back.py",
        "test_hostile_names.py",
    }
    clauses = ("2", "3_2", "3_2_award", "3_3", "4", "4_2", "4_3", "5_3", "6", "7", "8", "9")
    free |= {f"test_clauses_{part}.py" for part in clauses}
    free |= {f"test_panel_page_{part}.py" for part in ("weights", "names", "use")}
    free |= {f"test_{words}_{part}.py" for words in ("chinese_words", "wrong_arguments") for part in "ab"}
    strays = []
    for test in sorted(TESTS.rglob("test_*.py")):
        relative = test.relative_to(TESTS)
        module = SRC / relative.parent / test.name.removeprefix("test_")
        package = SRC / relative.parent / test.stem.removeprefix("test_")
        if test.name not in free and not module.exists() and not package.is_dir():
            strays.append(str(relative))
    assert not strays, f"test files of no module: {strays}"


def test_no_file_has_two_subjects():
    too_long = {str(m.relative_to(SRC)): n for m in modules() if (n := len(m.read_text().splitlines())) > 400}
    assert not too_long


def test_no_module_is_a_drawer():
    assert not [m for m in modules() if m.name in {"utils.py", "common.py", "helpers.py", "misc.py"}]
