// The page: the order with a bar of points for each bid, and the points by criterion.

// The rows are made once for a lot; a moved weight changes figures and bars and puts the rows into the new order.
class RankingTable {
  constructor(page) {
    this.page = page;
    this.tops = page.tops();
    this.rows = page.lot.ranked.map((bid) => this.row(bid));
    const heads = [["panel.rank", "figure"], ["panel.bid", "text"], ["panel.total", "figure"], ["panel.lead", "figure"], ["panel.rank_published", "figure"]];
    const shown = table("ranking", heads.map(([key, kind]) => [page.say(key), kind]), []);
    this.body = shown.querySelector("tbody");
    this.elements = [this.legend(), shown];
  }

  legend() {
    return h("ul", { class: "legend" }, this.tops.map((i, k) => h("li", {}, h("span", { class: `skin k${k % 10}`, "aria-hidden": "true" }), h("bdi", {}, this.page.label(i)))));
  }

  row(bid) {
    const pieces = this.tops.map((_, k) => h("span", { class: `skin k${k % 10}` }));
    const box = h("div", { class: "bar", role: "img" }, pieces);
    const cells = ["figure", "figure", "figure", "figure"].map((kind) => h("td", { class: kind }));
    const who = h("th", { scope: "row", class: "who" }, h("bdi", {}, this.page.bidder(bid)), box);
    return { element: h("tr", {}, cells[0], who, cells.slice(1)), cells, box, pieces };
  }

  update() {
    const { page } = this;
    const { result, model, lot } = page;
    const whole = Math.max(100, ...result.total);
    result.order.forEach((b, at) => {
      const { element, cells, box, pieces } = this.rows[b];
      const { sums } = model.parts(result, b);
      const points = this.tops.map((i) => sums.get(i) ?? 0);
      points.forEach((x, k) => { pieces[k].style.width = `${((100 * Math.max(0, x)) / whole).toFixed(3)}%`; });
      box.setAttribute("aria-label", page.list(this.tops.map((i, k) => `${page.label(i)} ${number(points[k], 2)}`)));
      element.classList.toggle("first", result.ranks[b] === 1);
      const texts = [String(result.ranks[b]), number(result.total[b], lot.places), page.marginOf(at), page.before(b)];
      texts.forEach((text, k) => { if (cells[k].textContent !== text) cells[k].textContent = text; });
    });
    result.order.forEach((b, at) => {
      const { element } = this.rows[b];
      if (this.body.children[at] !== element) this.body.insertBefore(element, this.body.children[at] ?? null);
    });
  }
}

Object.assign(Page.prototype, {
  label(node) {
    return this.model.nodes[node].label[this.lang];
  },

  tops() {
    return this.model.nodes.flatMap((node, i) => (node.parent < 0 ? [i] : []));
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
      const tops = this.tops();
      const parts = result.order.map((b) => model.parts(result, b));
      const rounds = parts.some((part) => part.rounding);
      const heads = [[this.say("panel.bid"), "text"], ...tops.map((i) => [this.label(i), "figure"])];
      if (rounds) heads.push([this.say("panel.rounding"), "figure"]);
      heads.push([this.say("panel.total"), "figure"]);
      return table("points", heads, result.order.map((b, at) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, this.bid(lot.ranked[b]))),
        tops.map((i) => h("td", { class: "figure" }, number(parts[at].sums.get(i) ?? 0, 4))),
        rounds ? h("td", { class: "figure" }, number(parts[at].rounding, 4)) : null,
        h("td", { class: "figure" }, number(result.total[b], lot.places)))));
    });
  },
});
