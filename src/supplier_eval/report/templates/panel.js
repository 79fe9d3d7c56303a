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
    this.view = null; // what is in sight; looked up again after a scroll, since looking makes the browser lay out the page
    for (const event of ["scroll", "resize"]) addEventListener(event, () => { this.view = null; }, { passive: true });
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
    return this.blind ? this.say("panel.bid_n", { n }) : isolate(id);
  }

  bidder(i) {
    const { name, id } = this.data.bids[i];
    return this.blind || !name ? this.bid(i) : `${isolate(name)} (${isolate(id)})`;
  }

  member(i) {
    const { number: n, id } = this.data.members[i];
    return this.blind ? this.say("panel.member_n", { n }) : isolate(id);
  }

  memberName(i) {
    const { name, id } = this.data.members[i];
    return this.blind || !name || name === id ? this.member(i) : `${isolate(name)} (${isolate(id)})`;
  }

  // With hidden names everything stands by number: the order of ids would tell which is which.
  inOrder(things, bidOf = (thing) => thing) {
    return this.blind ? [...things].sort((a, b) => this.data.bids[bidOf(a)].number - this.data.bids[bidOf(b)].number) : things;
  }

  list(names) { return names.join(this.say("text.between")); }

  key(key) { return this.say(`key.${key.name}`, { criterion: key.label ? key.label[this.lang] : "" }); }

  both(texts) { return this.told((this.blind && texts.hidden ? texts.hidden : texts)[this.lang]); }

  // --- the whole page, anew after another language, lot or hiding; what a weight moves is drawn by `show`

  render() {
    const focus = document.activeElement?.id;
    clearTimeout(this.following);
    this.following = undefined;
    this.live.textContent = "";
    this.said = null;
    document.documentElement.lang = this.lang === "zh" ? "zh-CN" : "en";
    document.title = this.say("panel.title", { title: this.data.title[this.lang] });
    const { lot } = this;
    this.parts = new Map();
    const part = (name) => { this.parts.set(name, h("div", { class: `part-${name}` })); return this.parts.get(name); };
    const section = (title, ...content) => h("section", {}, h("h2", {}, title), ...content);
    const order = this.model ? [
      h("div", { class: "columns" },
        section(this.say("panel.weights"), this.weightsPart(), ...this.fixedNotes()),
        section(this.say("panel.ranking"), this.rankingPart())),
      part("points"),
      section(this.say("panel.scatter"), part("scatter")),
      section(this.say("panel.why"), this.pairChoice(), part("pair")),
    ] : [];
    document.getElementById("page").replaceChildren(
      this.head(),
      h("main", {}, h("div", { class: "state" }, part("state"), this.resetPart()), section(this.say("panel.outcome"), part("outcome")), ...order,
        section(this.say("panel.heat"), this.heat()),
        section(this.say("panel.verdict"), this.verdict()),
        section(this.say("panel.award"), this.award()),
        ...(lot.out.length ? [section(this.say("panel.out"), this.out())] : [])),
      this.foot());
    this.settle();
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

  // A weight has moved: drawn before the next frame of the screen, once, however many moves come until then.
  moved() {
    this.frame ??= requestAnimationFrame(() => this.show());
  }

  rank() {
    const { model, lot } = this;
    this.result = model ? model.result() : null;
    if (!model || !this.blind) return;
    this.result.order = this.inOrder(this.result.order, (b) => lot.ranked[b]).sort((a, b) => this.result.ranks[a] - this.result.ranks[b]);
  }

  // One frame of a moving weight. What is asked of the layout is asked first; what is written moves nothing else.
  show() {
    this.frame = undefined;
    this.view ??= { near: this.parts.get("scatter").getBoundingClientRect().top < window.innerHeight, ...this.rankingTable.inSight() };
    this.rankingTable.begin(this.view);
    this.rank();
    this.weights.show();
    this.rankingTable.show();
    this.drawSaid();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.pause(), 120);
    if (this.view.near) this.following ??= setTimeout(() => this.drawPictures(), 100);
  }

  // No move has come for a moment: pictures and tables. None for a while: rows in their order, and who hears the page is told.
  pause() {
    this.drawPictures();
    this.waiting = setTimeout(() => this.rest(), 250);
  }

  rest() {
    this.view = null;
    this.weights.rest();
    this.rankingTable.rest();
    this.announce();
  }

  // The whole page as it is now, at once.
  settle() {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    clearTimeout(this.waiting);
    this.frame = undefined;
    this.view = null;
    this.rank();
    this.drawSaid();
    if (!this.model) return;
    this.weights.rest();
    this.rankingTable.rest();
    this.drawPictures();
  }

  // Banner and outcome.
  drawSaid() {
    const standing = this.exploring ? "moved" : "published";
    if (this.said !== standing) this.set("state", this.state());
    this.said = standing;
    const lines = this.outcome();
    const shown = this.parts.get("outcome").querySelectorAll("p");
    if (lines.length !== shown.length) this.set("outcome", h("div", { class: "outcome" }, lines.map((line) => h("p", {}, line))));
    else lines.forEach((line, i) => { write(shown[i], line); });
    if (this.model) this.resetButton.disabled = !this.exploring;
  }

  drawPictures() {
    clearTimeout(this.following);
    this.following = undefined;
    this.set("points", this.points());
    this.set("scatter", this.scatterPart());
    this.set("pair", this.pair());
  }

  set(name, content) { this.parts.get(name).replaceChildren(...[content].flat().filter(Boolean)); }

  get exploring() { return Boolean(this.model?.moved); }

  state() {
    const { lot } = this;
    const standing = this.exploring ? "exploratory" : lot.standing;
    const mark = standing === "exploratory" ? h("div", { class: "watermark", "aria-hidden": "true" }, h("span", {}, this.say("standing.watermark"))) : null;
    const why = this.exploring ? this.say("panel.moved") : this.say(standing === "binding" ? "panel.binding" : "panel.exploratory");
    return [h("div", { class: `banner ${standing}` },
      h("strong", {}, this.say(standing === "binding" ? "standing.binding" : "standing.exploratory")), this.say("text.colon"), why,
      lot.reasons.length && !this.exploring ? h("ul", {}, lot.reasons.map((reason) => h("li", {}, this.both(reason)))) : null), mark];
  }

  announce() {
    const { result } = this;
    const first = result.order.slice(0, 5).map((b) => this.say("panel.live_bid", {
      rank: result.ranks[b], name: this.bid(this.lot.ranked[b]), total: number(result.total[b], this.lot.places),
    }));
    this.live.textContent = this.say(this.exploring ? "panel.live_moved" : "panel.live_published", { order: this.list(first) });
  }

  back() {
    this.model.reset();
    this.settle();
    this.announce();
    this.resetButton.focus();
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
    return said;
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

  // Something to unfold that stays as it was when a weight moves; filled only while it is open.
  details(name, title, content) {
    const box = h("details", { open: this.open.has(name) }, h("summary", { id: `more-${name}` }, title));
    if (box.open) box.append(content());
    box.addEventListener("toggle", () => {
      this.keepOpen(name, box.open);
      if (box.open && box.childElementCount === 1) box.append(content());
    });
    return box;
  }

  resetPart() {
    if (!this.model) return null;
    this.resetButton = h("button", { type: "button", id: "reset", onclick: () => this.back() }, this.say("panel.reset"));
    return this.resetButton;
  }

  rankingPart() {
    this.rankingTable = new RankingTable(this);
    return this.rankingTable.elements;
  }

  weightsPart() {
    this.weights = new Weights(this, this.model, () => this.moved());
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
