// The page: why one bid is ahead of another.

Object.assign(Page.prototype, {
  // The choice of two bids, made once for a lot, best published first; `pair` says and shows the rest.
  pairChoice() {
    const { lot } = this;
    const { ranks } = lot.published;
    const bids = [...this.inOrder([...lot.ranked.keys()], (b) => lot.ranked[b])].sort((a, b) => ranks[a] - ranks[b]);
    if (bids.length < 2) return h("p", {}, this.say("panel.nobody_else"));
    this.pairs[this.at] ??= bids.slice(0, 2);
    const choose = (which) => h("select", {
      id: `pair-${which}`, onchange: (event) => this.compare(which, Number(event.target.value)),
    }, bids.map((b) => h("option", { value: b, selected: b === this.pairs[this.at][which] }, this.bidder(lot.ranked[b]))));
    return h("div", { class: "tools pair" },
      h("label", {}, `${this.say("panel.pair_a")} `, choose(0)), h("label", {}, `${this.say("panel.pair_b")} `, choose(1)));
  },

  compare(which, chosen) {
    const pair = this.pairs[this.at];
    if (pair[1 - which] === chosen) pair[1 - which] = pair[which];
    pair[which] = chosen;
    for (const side of [0, 1]) document.getElementById(`pair-${side}`).value = pair[side];
    this.set("pair", this.pair());
  },

  pair() {
    if (this.result.order.length < 2) return [];
    const [a, b] = this.pairs[this.at];
    return [h("p", { class: "outcome" }, this.ahead(a, b)), this.pairTable(a, b)];
  },

  ahead(a, b) {
    const { result, lot, model } = this;
    const key = model.decidedBy(result, a, b);
    const name = (c) => this.bidder(lot.ranked[c]);
    if (!key) return this.say("panel.pair_tied", { first: name(a), second: name(b) });
    const [first, second] = key.figures[a] > key.figures[b] ? [a, b] : [b, a];
    const facts = { first: name(first), second: name(second) };
    if (key.name !== "total") return this.say("panel.pair_by_key", { ...facts, key: this.key(key) });
    return this.say("panel.pair_ahead", { ...facts, points: lead(settle(result.total[first] - result.total[second]), lot.places) });
  },

  pairTable(a, b) {
    const { result, lot, model } = this;
    const leaves = model.nodes.filter((node) => node.leaf >= 0).map((node) => {
      const [x, y] = [a, b].map((c) => result.points[node.leaf * model.n + c]);
      return { label: node.label[this.lang], x, y, d: x - y };
    }).sort((p, q) => Math.abs(q.d) - Math.abs(p.d));
    const [x, y] = [a, b].map((c) => model.rounded(result, c));
    if (x || y) leaves.push({ label: this.say("panel.rounding"), x, y, d: x - y });
    const most = Math.max(1e-9, ...leaves.map((leaf) => Math.abs(leaf.d)));
    const rows = leaves.map(({ label, x, y, d }) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, label)),
      h("td", { class: "figure" }, number(x, 4)), h("td", { class: "figure" }, number(y, 4)), h("td", { class: "figure" }, signed(d, 4)),
      h("td", { class: "gap" }, this.gap(d / most))));
    const d = result.total[a] - result.total[b];
    rows.push(h("tr", { class: "sum" }, h("th", { scope: "row" }, this.say("panel.total")),
      [a, b].map((c) => h("td", { class: "figure" }, number(result.total[c], lot.places))), h("td", { class: "figure" }, signed(d, lot.places)), h("td")));
    const heads = [[this.say("panel.criterion"), "text"], ...[a, b].map((c) => [this.bid(lot.ranked[c]), "figure"]), [this.say("panel.difference"), "figure"], ["", "gap"]];
    return table("pair", this.say("panel.why"), heads, rows);
  },

  gap(share) {
    const line = h("div", { class: `gap-bar ${share >= 0 ? "plus" : "minus"}`, "aria-hidden": "true" });
    const piece = h("span");
    piece.style.width = `${50 * Math.abs(share)}%`;
    piece.style.left = share >= 0 ? "50%" : `${50 - 50 * Math.abs(share)}%`;
    line.append(piece);
    return line;
  },
});
