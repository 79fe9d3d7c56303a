// The page: what no weight moves - marks of the panel, verdict, award, bids that are out.

Object.assign(Page.prototype, {
  heat() {
    const { heat } = this.lot;
    if (!heat) return h("p", {}, this.say("chart.heat.nothing"));
    const marks = heat.marks.flat().filter((mark) => mark !== null);
    const [low, high] = [10 * Math.floor(Math.min(...marks) / 10), 10 * Math.ceil(Math.max(...marks) / 10)];
    const boxed = new Map(heat.boxed.map(([bid, member, open]) => [`${bid} ${member}`, open]));
    const across = [...heat.members.keys()];
    if (this.blind) across.sort((a, b) => this.data.members[heat.members[a]].number - this.data.members[heat.members[b]].number);
    const rows = this.inOrder([...heat.bids.keys()], (r) => heat.bids[r]).map((r) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, this.bidder(heat.bids[r]))),
      across.map((c) => this.heatCell(heat.marks[r][c], low, high, boxed.get(`${heat.bids[r]} ${heat.members[c]}`)))));
    const heads = [[this.say("panel.bid"), "text"], ...across.map((c) => [this.memberName(heat.members[c]), "figure"])];
    return [h("p", { class: "pale" }, this.say("chart.heat.unit")), boxed.size ? h("p", { class: "pale" }, this.say("panel.flag_key")) : null,
      table("heat", this.say("panel.heat"), heads, rows)];
  },

  heatCell(mark, low, high, flagged) {
    const t = mark === null ? null : (mark - low) / Math.max(high - low, 10);
    const cell = h("td", { class: `figure ${t === null || t > 0.55 ? "dark" : "light"} ${flagged === undefined ? "" : flagged ? "open" : "ruled"}` }, number(mark, 1));
    if (t !== null) cell.style.background = heatColour(t);
    if (flagged !== undefined) cell.append(h("span", { class: "flag" }, flagged ? "!" : "✓", h("span", { class: "unseen" }, this.say(flagged ? "panel.flag_open" : "panel.flag_ruled"))));
    return cell;
  },

  verdict() {
    const { verdict } = this.lot;
    if (!verdict) return h("p", {}, this.say("panel.no_verdict"));
    const [first, ...others] = verdict.said[this.lang].map((line) => this.told(line));
    return h("div", { class: `verdict ${verdict.level}` }, h("p", {}, h("strong", {}, first)), h("ul", {}, others.map((line) => h("li", {}, line))),
      h("p", { class: "pale" }, this.say("panel.verdict_published")));
  },

  award() {
    const rows = this.data.lots.map((lot, i) => {
      const model = this.models[i];
      if (!model) return h("tr", {}, h("th", { scope: "row" }, this.lotName(lot)), h("td", { colspan: 3 }, lot.stopped ? this.both(lot.stopped) : this.say("outcome.nobody")));
      const at = (bid) => lot.ranked.indexOf(bid);
      const rank = (bid) => lot.published.ranks[at(bid)];
      const candidates = [...this.inOrder(lot.candidates)].sort((a, b) => rank(a) - rank(b));
      const first = candidates.filter((bid) => rank(bid) === rank(candidates[0]));
      return h("tr", {}, h("th", { scope: "row" }, this.lotName(lot)),
        h("td", {}, h("bdi", {}, this.list(first.map((bid) => this.bidder(bid)))), first.length > 1 ? h("div", { class: "pale" }, this.say("panel.award_draw")) : null),
        h("td", { class: "figure" }, first.map((bid) => h("div", {}, lot.prices[at(bid)]))),
        h("td", {}, h("ol", { class: "plain" }, candidates.map((bid) => h("li", {}, `${rank(bid)}. ${this.bid(bid)} · ${number(lot.published.total[at(bid)], lot.places)}`)))));
    });
    const price = this.say("panel.price", { unit: this.data.currency });
    return [h("p", { class: "pale" }, this.say("panel.award_how")), table("award", this.say("panel.award"),
      [[this.say("panel.lot"), "text"], [this.say("panel.award_first"), "text"], [price, "figure"], [this.say("panel.candidates"), "text"]], rows)];
  },

  out() {
    const rows = this.inOrder(this.lot.out, (one) => one.bid).map(({ bid, why }) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, this.bidder(bid))),
      h("td", {}, why.map((reason) => h("div", {}, this.both(reason))))));
    return table("out", this.say("panel.out"), [[this.say("panel.bid"), "text"], [this.say("panel.reason"), "text"]], rows);
  },
});
