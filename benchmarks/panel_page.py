"""What moving a slider of the panel page costs: 60 bids, 30 leaf criteria, in Debian's chromium.

    python benchmarks/panel_page.py [--quick]

Interleaved in one page, by the browser's clock:

* the bare loop: one weight moves, the others in proportion; value times weight, added criterion by criterion, rounded
  as the policy rounds, sorted by total and price; arrays that are ready, nothing kept;
* the page's `Model`: `move` and `result`, with points of every leaf, tie keys and ranks.

These two give the same totals and the same order (asserted). Then once a frame, as a hand that moves the slider causes
it: the same two, and all that the page's script does for one move; the processor time of the page's thread for a move,
by the browser's own counters; and the frames while a mouse drags the slider to and fro. Without chromium the script
says so and ends.
"""

from __future__ import annotations

import argparse
import math
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
  window.shares = (i) => 0.05 + (0.9 * ((i * 7) % 101)) / 101;
  window.hand = (i) => 0.5 - 0.45 * Math.cos(i / 12);
  window.timed = (name, calls) => {
    const task = window[name];
    const start = performance.now();
    for (let i = 0; i < calls; i++) task(shares(i));
    return (performance.now() - start) / calls;
  };
  const frame = () => new Promise((go) => { requestAnimationFrame(go); });
  window.script = (share) => {
    panel.weights.set(0, 100 * share);
    cancelAnimationFrame(panel.frame);
    panel.show();
  };
  window.inFrames = async (n) => {
    const spent = { bare: 0, model: 0, script: 0 };
    for (let i = 0; i < n; i++) {
      await frame();
      for (const name of ["script", "model", "bare"]) {
        const start = performance.now();
        window[name](hand(i));
        spent[name] += (performance.now() - start) / n;
      }
    }
    return spent;
  };
  const drawn = async (n, task) => {
    for (let i = 0; i < n; i++) {
      task(i);
      await frame();
      await new Promise((go) => { setTimeout(go); });
    }
  };
  window.moves = (n) => drawn(n, (i) => panel.weights.set(0, 100 * hand(i)));
  window.pauses = (n) => drawn(n, (i) => { panel.model.move(0, hand(i)); panel.rank(); panel.drawPictures(); });
  window.rests = (n) => drawn(n, (i) => {
    panel.model.move(0, hand(i));
    panel.rank();
    panel.weights.rest();
    panel.rankingTable.rest();
  });
}"""
WATCH = """() => {
  window.seen = { frames: [], long: 0, moves: 0 };
  let last = null;
  const each = (now) => { if (last) seen.frames.push(now - last); last = now; requestAnimationFrame(each); };
  requestAnimationFrame(each);
  document.addEventListener("input", () => { seen.moves += 1; });
  new PerformanceObserver((list) => { seen.long += list.getEntries().length; }).observe({ type: "longtask" });
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
    times: dict[str, list[float]] = {"bare": [], "model": []}
    for i in range(-1, rounds):
        for name in sorted(times, reverse=bool(i % 2)):
            spent = page.evaluate("([name, n]) => timed(name, n)", [name, calls])
            if i >= 0:
                times[name].append(spent)
    return times


def in_frames(page: Any, rounds: int, frames: int) -> dict[str, list[float]]:
    """Milliseconds of script, once a frame: bare loop, arithmetic of the page, all that a move does."""
    found = [page.evaluate("(n) => inFrames(n)", frames) for _ in range(rounds + 1)][1:]
    return {name: [spent[name] for spent in found] for name in ("bare", "model", "script")}


def processor(page: Any, what: str, times: int) -> dict[str, float]:
    """Milliseconds of processor time of the page's thread, each time; drawing is in the whole."""
    counters = page.context.new_cdp_session(page)
    counters.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read() -> dict[str, float]:
        return {one["name"]: one["value"] for one in counters.send("Performance.getMetrics")["metrics"]}

    page.evaluate(f"(n) => {what}(n)", 20)
    before = read()
    page.evaluate(f"(n) => {what}(n)", times)
    after = read()
    names = {
        "script": "ScriptDuration",
        "style": "RecalcStyleDuration",
        "layout": "LayoutDuration",
        "all": "TaskDuration",
    }
    return {name: 1000 * (after[long] - before[long]) / times for name, long in names.items()}


def drag(page: Any, steps: int) -> dict[str, Any]:
    """Frames between the first and the last of many places of a mouse that holds the first slider."""
    page.evaluate(WATCH)
    place = page.locator("#w0").bounding_box()
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + 20, middle)
    page.mouse.down()
    page.evaluate("seen.frames.length = 0")
    for i in range(steps):
        page.mouse.move(place["x"] + 20 + (place["width"] - 40) * (0.5 - 0.5 * math.cos(i / 15)), middle)
    seen = page.evaluate("seen")
    page.mouse.up()
    return dict(seen)


def tell(times: dict[str, list[float]], said: dict[str, str], aim: str) -> None:
    for name, words in said.items():
        middle, low, high = ratios(times[name], times["bare"])
        microseconds = 1000 * statistics.median(times[name])
        print(f"  {words:<32}{microseconds:>10,.1f} µs{middle:>8.2f} x  ({low:.2f} to {high:.2f})")
    middle = ratios(times[aim], times["bare"])[0]
    print(f"  aim: at most {AIM:g} x: {'met' if middle <= AIM else 'MISSED'}")


def tell_page(page: Any, quick: bool) -> None:
    tell(
        measure(page, 3 if quick else 21, 200 if quick else 2000),
        {"bare": "bare loop", "model": "move and rank"},
        "model",
    )
    said = {"bare": "once a frame: bare loop", "model": "  move and rank", "script": "  all script of a move"}
    tell(in_frames(page, 2 if quick else 9, 30 if quick else 120), said, "script")
    for what in ("moves", "pauses", "rests"):
        spent = processor(page, what, 30 if quick else 200)
        print(f"  processor, ms, {what}: " + ", ".join(f"{name} {x:.2f}" for name, x in spent.items()))
    seen = drag(page, 30 if quick else 240)
    frames = sorted(seen["frames"])
    late = sum(x > 25 for x in frames)
    print(
        f"  drag: {seen['moves']} moves, {len(frames)} frames, median {statistics.median(frames):.1f} ms, "
        f"longest {frames[-1]:.0f} ms, {late} later than 25 ms, {seen['long']} tasks over 50 ms"
    )


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
            print(f"\n{label}")
            tell_page(page, quick)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
