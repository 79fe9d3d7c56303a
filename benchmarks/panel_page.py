"""What moving a slider of the panel page costs: 60 bids, 30 leaf criteria, in Debian's chromium.

    python benchmarks/panel_page.py [--quick]

Interleaved in one page, by the browser's clock:

* the bare loop: one weight moves, the others in proportion; value times weight, added criterion by criterion, rounded
  as the policy rounds, sorted by total and price; arrays that are ready, nothing kept;
* the page's `Model`: `move` and `result`, with points of every leaf, tie keys and ranks;
* the whole move: the same, and everything on the page drawn again and laid out.

The first two give the same totals and the same order (asserted). Without chromium the script says so and ends.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import machine, ratios

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from report.made_reports import leaf, policy_data, table, write_folder
from supplier_eval.evaluation import Evaluation
from supplier_eval.intake.assemble import read_tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.report.panel_page import write_panel

CHROMIUM = Path("/usr/bin/chromium")
BIDS = 60
LEAVES = {"qualification": 8, "capability": 7, "quality": 7, "emergency": 7}  # and the price
AIM = 5.0
SETTINGS = {"not rounded": {}, "criteria to 3, totals to 2 decimals": {"criterion": 3, "total": 2}}

PREPARE = """() => {
  const { lot, published } = panel.model;
  const { values, weights, rounding } = lot;
  const [m, n] = [weights.length, lot.ranked.length];
  const inside = lot.nodes.map((node, i) => i).filter((i) => lot.nodes[i].parent < 0);
  const own = lot.nodes.flatMap((node, i) => (node.leaf < 0 ? [] : [[node.leaf, i]]));
  const root = (i) => { while (lot.nodes[i].parent >= 0) i = lot.nodes[i].parent; return i; };
  const tops = Int32Array.from({ length: m }, (_, k) => inside.indexOf(root(own.find(([leaf]) => leaf === k)[1])));
  const within = Float64Array.from(weights, (w, k) => w / published[inside[tops[k]]]);
  const base = Float64Array.from(inside, (i) => published[i]);
  const price = Float64Array.from(lot.keys[0].figures);
  const flat = values.map((row) => Float64Array.from(row));
  const read = (x, step) => {
    const scaled = Math.abs(x) * step * 1e9;
    let near = Math.round(scaled);
    if (Math.abs(scaled % 1) === 0.5 && near % 2 !== 0) near -= 1;
    return Math.floor(near / 1e9 + 0.5) / step;
  };
  window.bare = (share) => {
    const rest = (1 - share) / (1 - base[0]);
    const total = new Float64Array(n);
    for (let i = 0; i < m; i++) {
      const top = tops[i];
      const w = (top === 0 ? share : base[top] * rest) * within[i];
      const row = flat[i];
      if (rounding.criterion === null) for (let b = 0; b < n; b++) total[b] += w * row[b];
      else for (let b = 0; b < n; b++) total[b] += read(w * row[b], 1000);
    }
    if (rounding.total !== null) for (let b = 0; b < n; b++) total[b] = read(total[b], 100);
    const order = Array.from({ length: n }, (_, b) => b);
    order.sort((a, b) => total[b] - total[a] || price[b] - price[a]);
    return { total, order };
  };
  window.model = (share) => { panel.model.move(0, share); return panel.model.result(); };
  window.whole = (share) => { panel.weights.set(0, 100 * share); return document.body.offsetHeight; };
  window.timed = (name, calls) => {
    const task = window[name];
    const start = performance.now();
    for (let i = 0; i < calls; i++) task(0.05 + (0.9 * ((i * 7) % 101)) / 101);
    return (performance.now() - start) / calls;
  };
}"""
SAME = """() => [0.05, 0.2, 0.61, 0.9].every((share) => {
  const [a, b] = [bare(share), model(share)];
  return a.total.every((x, i) => Math.abs(x - b.total[i]) < 1e-9) && a.order.every((x, i) => b.order[i] === x);
})"""


def made_tender(folder: Path, rounding: dict[str, int]) -> Evaluation:
    """Sixty bids with long names, thirty leaves."""
    data = policy_data(rounding=rounding, floors=[], ties={"keys": ["lower_price"]})
    tops = [criterion for criterion in data["criteria"] if not criterion.get("parent")]
    data["criteria"] = list(tops)
    for top, n in LEAVES.items():
        weights = [100 - (n - 1) * (100 // n), *[100 // n] * (n - 1)]
        data["criteria"] += [leaf(f"{top}-{k}", top, weight) for k, weight in enumerate(weights)]
    names = [f"第{i}号信息技术服务外包（集团）股份有限公司华东区域分公司" for i in range(BIDS)]
    write_folder(folder, Policy.from_mapping(data), names)
    supplied = [{"bid": f"B{i + 1}", "requirement": "licence", "value": "yes"} for i in range(BIDS)]
    table(folder / "requirements.csv", supplied)
    return evaluate(read_tender(folder))


def measure(page: Any, rounds: int, calls: int) -> dict[str, list[float]]:
    """Milliseconds of each way, round by round."""
    page.evaluate(PREPARE)
    assert page.evaluate(SAME), "the bare loop and the page differ"
    each = {"bare": calls, "model": calls, "whole": max(calls // 200, 2)}
    for name, n in each.items():
        page.evaluate("([name, n]) => timed(name, n)", [name, n])
    times: dict[str, list[float]] = {name: [] for name in each}
    for i in range(rounds):
        names = list(each)
        for name in names[i % 3 :] + names[: i % 3]:
            times[name].append(page.evaluate("([name, n]) => timed(name, n)", [name, each[name]]))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    if not CHROMIUM.exists():
        print("chromium is not installed; nothing measured")
        return
    from playwright.sync_api import sync_playwright

    print(machine())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        print(f"chromium {browser.version}; {BIDS} bids, {sum(LEAVES.values()) + 1} leaves")
        for i, (label, rounding) in enumerate(SETTINGS.items()):
            evaluation = made_tender(Path(folder) / str(i), rounding)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(write_panel(evaluation, Path(folder) / f"{i}.html", answers=()).as_uri())
            times = measure(page, 3 if quick else 21, 200 if quick else 2000)
            page.close()
            print(f"\n{label}")
            for name, said in (("bare", "bare loop"), ("model", "move and rank"), ("whole", "and drawn again")):
                middle, low, high = ratios(times[name], times["bare"])
                microseconds = 1000 * statistics.median(times[name])
                print(f"  {said:<20}{microseconds:>12,.1f} µs{middle:>10.2f} x  ({low:.2f} to {high:.2f})")
            middle = ratios(times["model"], times["bare"])[0]
            print(f"  aim: at most {AIM:g} x: {'met' if middle <= AIM else 'MISSED'}")
        browser.close()


if __name__ == "__main__":
    main()
