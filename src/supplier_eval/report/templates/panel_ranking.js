// The page: the order with a bar of points for each bid, and the points by criterion.

const SPARE = 100; // pixels above and below the window that are drawn as if they were in sight

// The rows are made once for a lot. While a weight moves they are shifted to their places as pictures, and only those in
// sight get new figures and bars; none of that makes the browser lay out the page again. At rest they stand in order.
class RankingTable {
  constructor(page) {
    this.page = page;
    this.tops = page.model.tops;
    this.rows = page.lot.ranked.map((bid) => this.row(bid));
    const heads = [["panel.rank", "figure"], ["panel.bid", "text"], ["panel.total", "figure"], ["panel.lead", "figure"], ["panel.rank_published", "figure"]];
    const shown = table("ranking", page.say("panel.ranking"), heads.map(([key, kind]) => [page.say(key), kind]), []);
    this.table = shown.querySelector("table");
    this.body = shown.querySelector("tbody");
    this.places = null; // of the rows, before the first of several moves
    this.elements = [this.legend(), shown];
  }

  legend() {
    return h("ul", { class: "legend" }, this.tops.map((i, k) => h("li", {}, h("span", { class: `skin k${k % 10}`, "aria-hidden": "true" }), h("bdi", {}, this.page.label(i)))));
  }

  // Each piece of a bar reaches from its start to the end and lies over the ones before; the last is the empty rest.
  row(bid) {
    const pieces = [...this.tops.map((_, k) => h("span", { class: `skin k${k % 10}` })), h("span", { class: "skin rest" })];
    const box = h("div", { class: "bar", "aria-hidden": "true" }, pieces);
    const figures = ["", "", "", ""].map(() => h("div", { class: "still" }));
    const cells = figures.map((figure) => h("td", { class: "figure" }, figure));
    const who = h("th", { scope: "row", class: "who" }, h("bdi", {}, this.page.bidder(bid)), box);
    return { element: h("tr", {}, cells[0], who, cells.slice(1)), figures, pieces, starts: [], shift: 0 };
  }

  inSight() {
    const above = -this.body.getBoundingClientRect().top;
    return { above, from: above - SPARE, to: above + window.innerHeight + SPARE };
  }

  begin({ above, from, to }) {
    this.seen = { from, to };
    if (this.places) return;
    this.table.setAttribute("aria-busy", "true");
    const boxes = this.rows.map(({ element }) => element.getBoundingClientRect());
    this.places = boxes.map(({ top, height }) => ({ top: top + above, height }));
  }

  show() {
    const { order } = this.page.result;
    const sums = this.summed();
    let y = 0;
    order.forEach((b, at) => {
      const { top, height } = this.places[b];
      this.shift(this.rows[b], y - top);
      if (y + height > this.seen.from && y < this.seen.to) this.fill(b, at, sums);
      y += height;
    });
  }

  // Points by top criterion; a bar is as long as 100 points, or as the highest total.
  summed() {
    const { model, result } = this.page;
    this.scale = 100 / Math.max(100, ...result.total);
    return model.sums(result);
  }

  shift(row, by) {
    if (row.shift === by) return;
    row.element.style.transform = by ? `translateY(${by}px)` : "";
    row.shift = by;
  }

  fill(b, at, sums) {
    const { page } = this;
    const { result, lot } = page;
    const { element, figures, pieces, starts } = this.rows[b];
    let start = 0;
    for (let k = 0; k < this.tops.length; k++) {
      start += Math.max(0, sums[k * lot.ranked.length + b]);
      const x = Math.round(start * this.scale * 1000) / 1000;
      if (starts[k] === x) continue;
      starts[k] = x;
      pieces[k + 1].style.transform = `translateX(${x}%)`;
    }
    element.classList.toggle("first", result.ranks[b] === 1);
    write(figures[0], String(result.ranks[b]));
    write(figures[1], number(result.total[b], lot.places));
    write(figures[2], page.marginOf(at));
    write(figures[3], page.before(b));
  }

  rest() {
    const { page } = this;
    const { order } = page.result;
    const sums = this.summed();
    this.places = null;
    this.order = order;
    order.forEach((b, at) => {
      const row = this.rows[b];
      this.shift(row, 0);
      this.fill(b, at, sums);
      if (this.body.children[at] !== row.element) this.body.insertBefore(row.element, this.body.children[at] ?? null);
    });
    this.table.removeAttribute("aria-busy");
  }
}

Object.assign(Page.prototype, {
  label(node) {
    return this.model.nodes[node].label[this.lang];
  },

  marginOf(at) {
    const { order, total } = this.result;
    if (at + 1 >= order.length) return "–";
    return lead(settle(total[order[at]] - total[order[at + 1]]), this.lot.places);
  },

  // The published rank, and an arrow where the bid has gone up or down from there.
  before(b) {
    const was = this.lot.published.ranks[b];
    const now = this.result.ranks[b];
    return was === now ? String(was) : `${was} ${now < was ? "▲" : "▼"}`;
  },

  points() {
    return this.details("points", this.say("panel.points"), () => {
      const { lot, result, model } = this;
      const { tops, n } = model;
      const sums = model.sums(result);
      const rounding = result.order.map((b) => model.rounded(result, b));
      const rounds = rounding.some(Boolean);
      const heads = [[this.say("panel.bid"), "text"], ...tops.map((i) => [this.label(i), "figure"])];
      if (rounds) heads.push([this.say("panel.rounding"), "figure"]);
      heads.push([this.say("panel.total"), "figure"]);
      return table("points", this.say("panel.points"), heads, result.order.map((b, at) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, this.bid(lot.ranked[b]))),
        tops.map((_, k) => h("td", { class: "figure" }, number(sums[k * n + b], 4))),
        rounds ? h("td", { class: "figure" }, number(rounding[at], 4)) : null,
        h("td", { class: "figure" }, number(result.total[b], lot.places)))));
    });
  },
});
