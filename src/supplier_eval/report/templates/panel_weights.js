// The tree of sliders: one for each criterion, with the published weight and the interval of its weight drawn on it.

const SNAP = 0.004; // of the range: a thumb dropped this near to the published weight lies on it

class Weights {
  // `page` says words and names; `moved` is called when a weight has moved.
  constructor(page, model, moved) {
    this.page = page;
    this.model = model;
    this.moved = moved;
    this.rows = new Map();
    this.element = h("div", { class: "weights-tree" }, this.level(-1));
  }

  level(parent) {
    const { nodes } = this.model;
    return nodes.flatMap((node, i) => (node.parent === parent ? [this.row(node, i), this.inside(node, i)] : []));
  }

  inside(node, i) {
    const n = this.model.nodes.filter((other) => other.parent === i).length;
    if (!n) return null;
    const name = node.label[this.page.lang];
    return h("details", { class: "inside", open: this.page.open.has(i), ontoggle: (event) => this.unfold(i, event.target.open) },
      h("summary", { id: `inside${i}` }, this.page.say("panel.inside", { name, n })), this.level(i));
  }

  unfold(i, isOpen) {
    this.page.keepOpen(i, isOpen);
    this.rest();
  }

  row(node, i) {
    const { page } = this;
    const off = this.model.lot.fixed || !node.movable;
    const name = node.label[page.lang];
    const own = { min: 0, max: node.total, step: "any", disabled: off };
    const range = h("input", {
      ...own, type: "range", id: `w${i}`, class: "slide", "aria-describedby": `d${i}`,
      "aria-label": page.say("panel.weight_of", { name }),
      oninput: () => this.set(i, this.snapped(node, Number(range.value))),
      onkeydown: (event) => this.key(event, node, i),
    });
    const field = h("input", {
      ...own, type: "number", id: `n${i}`, class: "exact", "aria-label": page.say("panel.weight_exact", { name }),
      onchange: () => this.typed(i, field.valueAsNumber),
    });
    const whole = h("span", { class: "whole" });
    const box = h("div", { class: "weight" },
      h("div", { class: "weight-head" }, h("label", { for: `n${i}` }, h("bdi", {}, name)), whole, field),
      h("div", { class: "track" }, this.track(node), range),
      h("p", { class: "pale", id: `d${i}` }, this.words(node)));
    this.rows.set(i, { range, field, whole, box });
    return box;
  }

  // The interval as a band, the published weight as a mark; what they say stands in words below.
  track(node) {
    const strip = h("div", { class: "strip", "aria-hidden": "true" });
    const { interval } = node;
    if (interval && node.movable) {
      const band = h("div", { class: "band" });
      band.style.left = `${100 * interval.lower}%`;
      band.style.width = `${100 * (interval.upper - interval.lower)}%`;
      strip.append(band);
    }
    const mark = h("div", { class: "mark" }, "▼");
    mark.style.left = `${100 * node.share}%`;
    strip.append(mark);
    return strip;
  }

  words(node) {
    const { page } = this;
    const published = page.say("panel.published_at", { x: short(node.weight), total: short(node.total) });
    return [published, ...this.intervalWords(node)].join(page.say("panel.gap"));
  }

  intervalWords(node) {
    const { page } = this;
    const points = (share) => number(share * node.total, node.total < 10 ? 4 : 2);
    if (!node.movable) return [page.say("panel.only_child")];
    const { interval } = node;
    if (!interval) return [page.say("panel.no_interval")];
    if (!interval.holds) return [page.say("panel.interval_away", { low: points(interval.lower), high: points(interval.upper) })];
    const said = [];
    const names = (bids) => page.list(bids.map((bid) => page.bid(bid)));
    if (interval.low.length) said.push(page.say("panel.interval_below", { x: points(interval.lower), names: names(interval.low) }));
    if (interval.high.length) said.push(page.say("panel.interval_above", { x: points(interval.upper), names: names(interval.high) }));
    return said.length ? said : [page.say("panel.interval_any")];
  }

  snapped(node, points) {
    if (Math.abs(points - node.weight) <= SNAP * node.total) return node.weight;
    return roundHalfUp(points / node.total, 3) * node.total;
  }

  // Arrows move by a hundredth of the range, with Shift by a thousandth, the page keys by a tenth.
  key(event, node, i) {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    const ends = { Home: 0, End: node.total };
    let points;
    if (event.key in steps) {
      const step = (steps[event.key] * node.total) / (event.shiftKey ? 1000 : 100);
      points = Number((this.model.shares[i] * node.total + step).toFixed(9));
    } else if (event.key in ends) points = ends[event.key];
    else return;
    event.preventDefault();
    this.set(i, Math.min(Math.max(points, 0), node.total));
  }

  // A field that was emptied moves nothing: it gets its figure back.
  typed(i, points) {
    if (Number.isFinite(points)) this.set(i, Math.min(Math.max(points, 0), this.model.nodes[i].total));
    else this.rest();
  }

  set(i, points) {
    const node = this.model.nodes[i];
    this.model.move(i, points === node.weight ? node.share : points / node.total);
    this.moved();
  }

  // The sliders that are unfolded, while one of them moves.
  show() {
    const { nodes } = this.model;
    const { open } = this.page;
    const folded = nodes.map(() => false);
    nodes.forEach(({ parent }, i) => {
      folded[i] = parent >= 0 && (folded[parent] || !open.has(parent));
      if (!folded[i]) this.draw(i);
    });
  }

  rest() {
    this.model.weights();
    for (const i of this.rows.keys()) {
      this.rows.get(i).share = null; // a thumb or a typed figure may stand beside its weight
      this.draw(i);
      this.tell(i);
    }
  }

  // The weight of a node now, in the points of its group.
  points(i) {
    const node = this.model.nodes[i];
    return this.model.shares[i] === node.share ? node.weight : this.model.shares[i] * node.total;
  }

  // What a reader of the page says of a slider: at once where it is worked with, otherwise at rest.
  tell(i) {
    const { page, model } = this;
    const { weight, total, share } = model.nodes[i];
    const facts = { x: short(this.points(i)), total: short(total), published: short(weight) };
    this.rows.get(i).range.setAttribute("aria-valuetext", page.say(model.shares[i] === share ? "panel.value_published" : "panel.value_moved", facts));
  }

  draw(i) {
    const { model, page } = this;
    const row = this.rows.get(i);
    const node = model.nodes[i];
    const [share, full] = [model.shares[i], model.full[i]];
    if (row.share === share && row.full === full) return;
    [row.share, row.full] = [share, full];
    const same = share === node.share;
    const points = this.points(i);
    row.range.value = points;
    if (document.activeElement === row.range) this.tell(i);
    row.box.classList.toggle("moved", !same);
    if (document.activeElement !== row.field || row.field.valueAsNumber !== points) row.field.value = Number(points.toFixed(4));
    if (node.parent >= 0 || node.total !== 100) write(row.whole, page.say("panel.of_whole", { x: number(100 * full, 2) }));
  }
}
