// The page: price and quality, and lines on which every place has the same total.

Object.assign(Page.prototype, {
  scatterPart() {
    const { lot, result, model } = this;
    const { scatter: given } = lot;
    if (given.why === "chart.lines.one_side" && !given.x) return h("p", {}, this.say(given.why));
    const at = given.bids.map((bid) => lot.ranked.indexOf(bid));
    const sum = (b, wanted) => {
      let points = 0;
      for (let i = 0; i < model.m; i++) if (given.rows.includes(i) === wanted) points += result.points[i * model.n + b];
      return points;
    };
    const dots = at.map((b, k) => ({
      b, x: given.x ? given.x[k] : sum(b, true), y: given.y ? given.y[k] : sum(b, false), first: result.ranks[b] === 1, label: this.bid(given.bids[k]),
    }));
    const limits = { x: this.limits(dots.map((dot) => dot.x), 0), y: this.limits(dots.map((dot) => dot.y), -Infinity) };
    const lines = this.lines(dots, limits);
    const unit = `${this.data.currency}, ${this.say(`tax.${this.data.tax}`)}`;
    const xLabel = given.x ? this.say(given.deducted ? "chart.scatter.x_deducted" : "chart.scatter.x", { unit }) : this.say("chart.scatter.x_points");
    const yLabel = this.say(given.y ? "chart.scatter.y_value" : "chart.scatter.y");
    const price = given.x ? this.say("panel.price", { unit }) : xLabel;
    return [
      scatter({ dots, lines, limits, xLabel, yLabel, alt: this.say("panel.scatter_alt", { n: dots.length }) }),
      h("p", { class: "pale" }, this.say("panel.scatter_key"), " ", this.lineWords(given)),
      this.details("dots", this.say("panel.figures"), () => this.dotTable(dots, price, yLabel)),
    ];
  },

  dotTable(dots, price, yLabel) {
    const { lot, result } = this;
    const rows = result.order.map((b) => dots.find((dot) => dot.b === b)).map((dot) => h("tr", {},
      h("th", { scope: "row" }, h("bdi", {}, this.bidder(lot.ranked[dot.b]))),
      h("td", { class: "figure" }, lot.scatter.x ? lot.prices[dot.b] : number(dot.x, 4)), h("td", { class: "figure" }, number(dot.y, 4))));
    return table("dots", this.say("panel.scatter"), [[this.say("panel.bid"), "text"], [price, "figure"], [yLabel, "figure"]], rows);
  },

  lineWords(given) {
    if (given.why) return this.say(given.why);
    return this.say(given.x ? "chart.lines.meaning" : "chart.lines.straight");
  },

  limits(figures, least) {
    const [low, high] = [Math.min(...figures), Math.max(...figures)];
    const air = high > low ? 0.09 * (high - low) : Math.max(0.05 * Math.abs(high), 1);
    return [Math.max(least, low - air), high + air];
  },

  // Lines of equal total at round figures, from the price points of one further bid along the axis.
  lines(dots, limits) {
    const { scatter: given } = this.lot;
    if (given.lines) return given.lines.at.map(([total, y]) => ({ total, x: given.lines.x, y }));
    if (given.why) return [];
    const totals = dots.map((dot) => this.result.unrounded[dot.b]);
    const air = Math.max(0.35 * (Math.max(...totals) - Math.min(...totals)), 0.3 * (limits.y[1] - limits.y[0]), 2);
    const levels = ticks(Math.min(...totals) - air, Math.max(...totals) + air, 10);
    if (!given.x) {
      const x = Array.from({ length: 101 }, (_, i) => limits.x[0] + (i / 100) * (limits.x[1] - limits.x[0]));
      return levels.map((total) => ({ total, x, y: x.map((bought) => total - bought) }));
    }
    const { x, score } = given.curve;
    const w = this.result.weights[given.rows[0]];
    return levels.map((total) => ({ total, x, y: score.map((points) => (points === null ? null : total - w * points)) }));
  },
});
