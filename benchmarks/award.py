"""Awards of large problems in a minute: the search beside plain HiGHS and CBC on the usual formulation; model building.

    python benchmarks/award.py [--quick] [--seconds 60] [--folder ../shared/data]

Instances are read from the folder where they stand there, else generated with the same sizes. Every award of the
search is audited exactly on a contract grid of 0.01 %; gaps are (award - proven bound) / award.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pulp
from award_instances import generated_problem

from supplier_eval.award import AwardProblem, award_lots, read_problem
from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import as_pulp, solvers_installed

SIZES = ((20, 10, 7), (200, 50, 15), (1000, 100, 10))


def instances(folder: Path, quick: bool) -> dict[str, AwardProblem]:
    found = {}
    for lots, suppliers, bids in SIZES[:1] if quick else SIZES:
        path = folder / f"award_{lots}x{suppliers}.json"
        there = path.exists()
        problem = read_problem(path) if there else generated_problem(lots, suppliers, bids, seed=1)
        name = f"{lots} x {suppliers}" + ("" if there else ", generated")
        found[name] = problem.with_terms(grid=10_000)
    return found


def usual(problem: AwardProblem) -> pulp.LpProblem:
    """The formulation that a text book gives: spend by supplier and tier, x <= y, one tier at a time."""
    model = pulp.LpProblem("usual", pulp.LpMinimize)
    suppliers, demand = problem.suppliers, {key: float(lot.demand) for key, lot in problem.lots.items()}
    winners = {rule.kind: float(rule.value) for rule in problem.rules.values()}
    active = {key: pulp.LpVariable(f"y_{key}", cat="Binary") for key in suppliers}
    share = {key: pulp.LpVariable(f"x_{key[0]}_{key[1]}", 0, float(bid.max_share)) for key, bid in problem.bids.items()}
    opened = {key: pulp.LpVariable(f"o_{key[0]}_{key[1]}", cat="Binary") for key in problem.bids}
    cost = [float(part.fixed_cost) * active[key] for key, part in suppliers.items()]
    own: dict[str, list] = {key: [] for key in suppliers}
    at: dict[str, list] = {key: [] for key in problem.lots}
    for key in problem.bids:
        own[key[1]].append(key)
        at[key[0]].append(key)
        model += share[key] <= opened[key]
        model += share[key] >= winners["min_share_if_awarded"] * opened[key]
        model += opened[key] <= active[key[1]]
    for keys in at.values():
        model += pulp.lpSum(share[key] for key in keys) == 1
        model += pulp.lpSum(opened[key] for key in keys) <= winners["max_winners_per_lot"]
    for name, part in suppliers.items():
        tiers, most = part.tiers, sum(float(problem.bids[key].price) * demand[key[0]] for key in own[name])
        ends = [*map(float, tiers.breaks[1:]), most]
        switch = [pulp.LpVariable(f"w_{name}_{tier}", cat="Binary") for tier in range(len(ends))]
        spend = [pulp.LpVariable(f"s_{name}_{tier}", 0) for tier in range(len(ends))]
        model += pulp.lpSum(switch) == active[name]
        model += pulp.lpSum(spend) == pulp.lpSum(
            float(problem.bids[key].price) * demand[key[0]] * share[key] for key in own[name]
        )
        for tier, end in enumerate(ends):
            model += spend[tier] <= end * switch[tier]
            model += spend[tier] >= float(tiers.breaks[tier]) * switch[tier]
            cost.append((1 - float(tiers.discount[tier])) * spend[tier])
        model += pulp.lpSum(demand[key[0]] * share[key] for key in own[name]) <= float(part.capacity) * active[name]
    model += pulp.lpSum(active.values()) <= winners["max_winners"]
    model.setObjective(pulp.lpSum(cost))
    return model


def plain(problem: AwardProblem, solver: str, seconds: float) -> str:
    """What a solver makes of the usual formulation in the same time, not audited."""
    model = usual(problem)
    if solver == "highs":
        door = pulp.HiGHS(msg=False, timeLimit=seconds, gapRel=1e-3, threads=1)
    else:
        door = pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, gapRel=1e-3, threads=1)
    began = time.monotonic()
    model.solve(door)
    took = time.monotonic() - began
    if solver == "highs":
        info = model.solverModel.getInfo()
        if info.primal_solution_status != 2:
            return f"no award; bound {info.mip_dual_bound:,.2f}; {took:.0f} s"
        value, bound = info.objective_function_value, info.mip_dual_bound
        return f"{value:,.2f}; bound {bound:,.2f}; gap {(value - bound) / value:.3%}; {took:.0f} s"
    if model.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return f"no award; {took:.0f} s"
    return f"{pulp.value(model.objective):,.2f}; {took:.0f} s"


def search(problem: AwardProblem, gap: float, seconds: float) -> None:
    began = time.monotonic()
    first: list[float] = []

    def tell(step: object) -> None:
        seen = time.monotonic() - began
        if step.objective is not None and not first:
            first.append(seen)
        gap_now = ""
        if step.objective is not None and step.bound is not None:
            gap_now = f"; gap {(step.objective - step.bound) / step.objective:.4%}"
        shown = "none" if step.objective is None else f"{step.objective:,.2f}"
        print(f"    {seen:6.1f} s {step.stage:13s} award {shown}; bound {step.bound or 0:,.2f}{gap_now}", flush=True)

    made = award_lots(problem, gap=gap, time_limit=seconds, progress=tell)
    figure = "no award" if made.audit is None else f"{float(made.audit.objective):,.2f}, audit {made.audit.valid}"
    shown = "" if made.gap is None else f"; gap {made.gap:.4%}"
    print(f"  search: {made.status}; {figure}; bound {made.bound or 0:,.2f}{shown}; first award "
          f"{first[0] if first else float('nan'):.1f} s; {time.monotonic() - began:.0f} s")  # fmt: skip


def building(lots: int, suppliers: int) -> None:
    """Our model and pulp's, beside the same rows written down in pulp one by one."""
    problem = generated_problem(lots, suppliers, 10, seed=1)
    began = time.process_time()
    program = formulate(problem).program
    as_pulp(program)
    ours = time.process_time() - began
    starts, places, values = (
        program.matrix.indptr.tolist(),
        program.matrix.indices.tolist(),
        program.matrix.data.tolist(),
    )
    began = time.process_time()
    model = pulp.LpProblem("bare", pulp.LpMinimize)
    bounds = zip(program.lower.tolist(), program.upper.tolist(), program.integer.tolist(), strict=True)
    columns = [
        pulp.LpVariable(f"x{at}", low, high, "Integer" if whole else "Continuous")
        for at, (low, high, whole) in enumerate(bounds)
    ]
    model.setObjective(pulp.lpSum(c * column for c, column in zip(program.cost.tolist(), columns, strict=True) if c))
    for row, (low, high) in enumerate(zip(program.row_lower.tolist(), program.row_upper.tolist(), strict=True)):
        terms = pulp.lpSum(values[at] * columns[places[at]] for at in range(starts[row], starts[row + 1]))
        if low == high:
            model += terms == low
        elif high < float("inf"):
            model += terms <= high
        else:
            model += terms >= low
    bare = time.process_time() - began
    size = f"{len(problem.bids):,} bids, {program.n_rows:,} rows"
    print(f"building {size}: ours {ours:.1f} s, the same rows in bare pulp {bare:.1f} s, CPU; ratio {ours / bare:.2f}")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--gap", type=float, default=1e-4, help="where the search may stop")
    asked.add_argument("--folder", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    asked.add_argument("--only", default="")
    asked.add_argument("--no-plain", action="store_true")
    given = asked.parse_args()
    seconds = 5.0 if given.quick else given.seconds
    for name, problem in instances(given.folder, given.quick).items():
        if given.only not in name:
            continue
        print(f"{name}: {len(problem.bids):,} bids", flush=True)
        search(problem, given.gap, seconds)
        for solver in [] if given.no_plain else solvers_installed():
            if solver != "scipy":
                print(f"  plain {solver}: {plain(problem, solver, seconds)}", flush=True)
    if given.quick:
        building(100, 20)
        return
    if given.only in "5000 x 200":
        print("5000 x 200, generated: 50,000 bids", flush=True)
        search(generated_problem(5000, 200, 10, seed=1).with_terms(grid=10_000), given.gap, seconds)
    if given.only in "building":
        building(4000, 200)


if __name__ == "__main__":
    main()
