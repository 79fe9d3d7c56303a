// The page: what is shown of a lot, in two languages, with or without names.

class Page {
  constructor(data) {
    this.data = data;
    this.lang = data.lang;
    this.blind = data.blind;
    this.models = data.lots.map((lot) => (lot.values ? new Model(lot) : null));
    this.pairs = data.lots.map(() => null);
    this.opened = data.lots.map(() => new Set());
    this.at = 0;
    this.live = document.getElementById("live");
    this.render();
  }

  get lot() { return this.data.lots[this.at]; }
  get model() { return this.models[this.at]; }
  get open() { return this.opened[this.at]; }

  keepOpen(node, isOpen) {
    if (isOpen) this.open.add(node);
    else this.open.delete(node);
  }

  // --- words and names

  say(key, facts = {}) {
    return this.data.words[this.lang][key].replace(/{(\w+)}/g, (all, name) => (name in facts ? String(facts[name]) : all));
  }

  // A sentence with marks in place of bids and members.
  told(sentence) {
    return sentence.replace(/⟦([bm])(\d+)⟧/g, (all, kind, i) => {
      const person = (kind === "b" ? this.data.bids : this.data.members)[Number(i)];
      if (!person) return all;
      return kind === "b" ? this.bid(Number(i)) : this.member(Number(i));
    });
  }

  bid(i) {
    const { number: n, id } = this.data.bids[i];
    return this.blind ? this.say("panel.bid_n", { n }) : id;
  }

  bidder(i) {
    const { name, id } = this.data.bids[i];
    return this.blind || !name ? this.bid(i) : `${name} (${id})`;
  }

  member(i) {
    const { number: n, id } = this.data.members[i];
    return this.blind ? this.say("panel.member_n", { n }) : id;
  }

  memberName(i) {
    const { name, id } = this.data.members[i];
    return this.blind || !name || name === id ? this.member(i) : `${name} (${id})`;
  }

  // With hidden names everything stands by number: the order of ids would tell which is which.
  inOrder(things, bidOf = (thing) => thing) {
    return this.blind ? [...things].sort((a, b) => this.data.bids[bidOf(a)].number - this.data.bids[bidOf(b)].number) : things;
  }

  list(names) { return names.join(this.say("text.between")); }

  key(key) { return this.say(`key.${key.name}`, { criterion: key.label ? key.label[this.lang] : "" }); }

  both(texts) { return this.told((this.blind && texts.hidden ? texts.hidden : texts)[this.lang]); }

  // --- the whole page, anew after another language, lot or hiding; what a weight moves is drawn by `update`

  render() {
    const focus = document.activeElement?.id;
    document.documentElement.lang = this.lang === "zh" ? "zh-CN" : "en";
    document.title = this.say("panel.title", { title: this.data.title[this.lang] });
    const { lot } = this;
    this.parts = new Map();
    const part = (name) => { this.parts.set(name, h("div", { class: `part-${name}` })); return this.parts.get(name); };
    const section = (title, ...content) => h("section", {}, h("h2", {}, title), ...content);
    const order = this.model ? [
      h("div", { class: "columns" },
        section(this.say("panel.weights"), this.weightsPart(), ...this.fixedNotes()),
        section(this.say("panel.ranking"), part("ranking"))),
      part("points"),
      section(this.say("panel.scatter"), part("scatter")),
      section(this.say("panel.why"), part("pair")),
    ] : [];
    document.getElementById("page").replaceChildren(
      this.head(),
      h("main", {}, part("state"), section(this.say("panel.outcome"), part("outcome")), ...order,
        section(this.say("panel.heat"), this.heat()),
        section(this.say("panel.verdict"), this.verdict()),
        section(this.say("panel.award"), this.award()),
        ...(lot.out.length ? [section(this.say("panel.out"), this.out())] : [])),
      this.foot());
    this.update();
    if (focus) document.getElementById(focus)?.focus();
  }

  head() {
    const { data } = this;
    const switchTo = (lang) => { this.lang = lang; this.render(); };
    const language = ["en", "zh"].map((lang) => h("button", {
      type: "button", id: `lang-${lang}`, lang: lang === "zh" ? "zh-CN" : "en", "aria-pressed": this.lang === lang, onclick: () => switchTo(lang),
    }, this.say(lang === "zh" ? "panel.to_zh" : "panel.to_en")));
    const hide = h("input", {
      type: "checkbox", id: "hide", checked: this.blind, disabled: data.blind,
      onchange: (event) => { this.blind = event.target.checked; this.render(); },
    });
    const choose = h("select", { id: "lot", onchange: (event) => { this.at = Number(event.target.value); this.render(); } },
      data.lots.map((lot, i) => h("option", { value: i, selected: i === this.at }, this.lotName(lot))));
    return h("header", {},
      h("p", { class: "pale" }, this.say("panel.kind"), data.sample ? ` · ${this.say("panel.sample")}` : ""),
      h("h1", {}, data.title[this.lang]),
      data.lots.length > 1 ? h("p", { class: "only-print" }, this.lotName(this.lot)) : null,
      h("div", { class: "tools", role: "group", "aria-label": this.say("panel.tools") },
        data.lots.length > 1 ? h("label", {}, `${this.say("panel.lot")} `, choose) : null,
        h("label", {}, hide, ` ${this.say("panel.hide")}`),
        h("span", { role: "group", "aria-label": this.say("panel.language") }, language),
        h("button", { type: "button", id: "print", onclick: () => window.print() }, this.say("panel.print"))));
  }

  lotName(lot) {
    const name = lot.name[this.lang];
    return name && name !== lot.id ? `${lot.id} · ${name}` : lot.id;
  }

  // --- what a weight moves

  update(announce = false) {
    const { model } = this;
    this.result = model ? model.result() : null;
    if (model) this.result.order = this.inOrder(this.result.order, (b) => this.lot.ranked[b]).sort((a, b) => this.result.ranks[a] - this.result.ranks[b]);
    this.weights?.update();
    this.set("state", this.state());
    this.set("outcome", this.outcome());
    if (!model) return;
    this.set("ranking", this.ranking());
    this.set("points", this.points());
    this.set("scatter", this.scatterPart());
    this.set("pair", this.pair());
    if (announce) this.announce();
  }

  set(name, content) { this.parts.get(name).replaceChildren(...[content].flat().filter(Boolean)); }

  get exploring() { return Boolean(this.model?.moved); }

  state() {
    const { lot } = this;
    const standing = this.exploring ? "exploratory" : lot.standing;
    const mark = standing === "exploratory" ? h("div", { class: "watermark", "aria-hidden": "true" }, h("span", {}, this.say("standing.watermark"))) : null;
    const why = this.exploring ? this.say("panel.moved") : this.say(standing === "binding" ? "panel.binding" : "panel.exploratory");
    const reset = this.model ? h("button", {
      type: "button", id: "reset", disabled: !this.exploring,
      onclick: () => { this.model.reset(); this.update(true); document.getElementById("reset").focus(); },
    }, this.say("panel.reset")) : null;
    return [h("div", { class: `banner ${standing}` },
      h("strong", {}, this.say(standing === "binding" ? "standing.binding" : "standing.exploratory")), this.say("text.colon"), why,
      lot.reasons.length && !this.exploring ? h("ul", {}, lot.reasons.map((reason) => h("li", {}, this.both(reason)))) : null,
      reset ? h("p", {}, reset) : null), mark];
  }

  announce() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const { result } = this;
      const first = result.order.slice(0, 5).map((b) => this.say("panel.live_bid", {
        rank: result.ranks[b], name: this.bid(this.lot.ranked[b]), total: number(result.total[b], this.lot.places),
      }));
      this.live.textContent = this.say(this.exploring ? "panel.live_moved" : "panel.live_published", { order: this.list(first) });
    }, 400);
  }

  // Who is first and by how much, as report/outcome.py says it.
  outcome() {
    const { lot, result } = this;
    const said = [];
    if (lot.stopped) said.push(this.say("outcome.stopped", { why: this.both(lot.stopped) }));
    else if (!result) said.push(this.say("outcome.nobody"));
    else {
      const standing = result.order.filter((b) => !lot.withdrawn.includes(lot.ranked[b]));
      if (lot.withdrawn.length) said.push(this.say("outcome.withdrawn", { names: this.list(lot.withdrawn.map((bid) => this.bidder(bid))) }));
      said.push(standing.length ? this.first(standing) : this.say("outcome.nobody"));
      if (lot.relative) said.push(this.say("outcome.relative"));
    }
    return h("div", { class: "outcome" }, said.map((line) => h("p", {}, line)));
  }

  first(standing) {
    const { lot, result, model } = this;
    const name = (b) => this.bidder(lot.ranked[b]);
    const [first, second] = standing;
    const total = number(result.total[first], lot.places);
    const shared = standing.filter((b) => result.ranks[b] === result.ranks[first]);
    if (shared.length > 1) return this.say("outcome.tied", { names: this.list(shared.map(name)), total });
    if (second === undefined) return this.say("outcome.alone", { name: name(first), total });
    const key = model.decidedBy(result, first, second);
    const facts = { name: name(first), total, following: name(second) };
    if (key.name !== "total") return this.say("outcome.by_key", { ...facts, key: this.key(key) });
    return this.say("outcome.first", { ...facts, margin: lead(settle(result.total[first] - result.total[second]), lot.places) });
  }

  tops() {
    return this.model.nodes.flatMap((node, i) => (node.parent < 0 ? [i] : []));
  }

  ranking() {
    const { lot, result, model } = this;
    const tops = this.tops();
    const parts = result.order.map((b) => model.parts(result, b));
    const whole = Math.max(100, ...result.total);
    const label = (i) => model.nodes[i].label[this.lang];
    const legend = h("ul", { class: "legend" }, tops.map((i, k) => h("li", {}, h("span", { class: `skin k${k % 10}`, "aria-hidden": "true" }), h("bdi", {}, label(i)))));
    const rows = result.order.map((b, at) => {
      const pieces = tops.map((i, k) => ({ skin: k % 10, points: parts[at].sums.get(i) ?? 0 }));
      const words = this.list(tops.map((i, k) => `${label(i)} ${number(pieces[k].points, 2)}`));
      return h("tr", { class: result.ranks[b] === 1 ? "first" : null },
        h("td", { class: "figure" }, result.ranks[b]),
        h("th", { scope: "row", class: "who" }, h("bdi", {}, this.bidder(lot.ranked[b])), bar(pieces, whole, words)),
        h("td", { class: "figure" }, number(result.total[b], lot.places)),
        h("td", { class: "figure" }, this.marginOf(at)),
        h("td", { class: "figure" }, this.before(b)));
    });
    const heads = [["panel.rank", "figure"], ["panel.bid", "text"], ["panel.total", "figure"], ["panel.lead", "figure"], ["panel.rank_published", "figure"]];
    return [legend, table("ranking", heads.map(([key, kind]) => [this.say(key), kind]), rows)];
  }

  marginOf(at) {
    const { order, total } = this.result;
    if (at + 1 >= order.length) return "–";
    return lead(settle(total[order[at]] - total[order[at + 1]]), this.lot.places);
  }

  // The published rank, and in words and arrows where the bid has gone.
  before(b) {
    const was = this.lot.published.ranks[b];
    const now = this.result.ranks[b];
    if (was === now) return String(was);
    return `${was} ${now < was ? "▲" : "▼"}`;
  }

  points() {
    const { lot, result, model } = this;
    const tops = this.tops();
    const parts = result.order.map((b) => model.parts(result, b));
    const rounds = parts.some((part) => part.rounding);
    const heads = [[this.say("panel.bid"), "text"], ...tops.map((i) => [model.nodes[i].label[this.lang], "figure"])];
    if (rounds) heads.push([this.say("panel.rounding"), "figure"]);
    const rows = result.order.map((b, at) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, this.bid(lot.ranked[b]))),
      tops.map((i) => h("td", { class: "figure" }, number(parts[at].sums.get(i) ?? 0, 4))),
      rounds ? h("td", { class: "figure" }, number(parts[at].rounding, 4)) : null,
      h("td", { class: "figure" }, number(result.total[b], lot.places))));
    heads.push([this.say("panel.total"), "figure"]);
    return this.details("points", this.say("panel.points"), table("points", heads, rows));
  }

  // Something to unfold that stays as it was when a weight moves.
  details(name, title, ...content) {
    return h("details", { open: this.open.has(name), ontoggle: (event) => this.keepOpen(name, event.target.open) },
      h("summary", { id: `more-${name}` }, title), ...content);
  }

  weightsPart() {
    this.weights = new Weights(this, this.model, () => this.update(true));
    return [h("p", { class: "pale" }, this.say("panel.weights_how")), this.weights.element];
  }

  fixedNotes() {
    const { lot } = this;
    const notes = [lot.fixed ? "panel.fixed_formula" : lot.rescale ? "panel.values_stretched" : "panel.values_fixed"];
    return notes.map((key) => h("p", { class: "pale" }, this.say(key)));
  }

  foot() {
    const { prints } = this.data;
    return h("footer", { class: "pale" }, h("p", {}, this.say("panel.footer")), this.data.blind ? null : h("p", {}, this.say("panel.hide_note")),
      h("p", {}, this.say("panel.prints", { policy: prints.policy, tender: prints.tender })));
  }
}
