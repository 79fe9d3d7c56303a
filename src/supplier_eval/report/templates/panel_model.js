"use strict";
// The policy's arithmetic: weights, points, rounding, ties, ranks, in the same steps and the same order of additions
// as score/order.py, rank/additive.py and rank/competition.py, so that nothing moved gives the same bits.

// To the nearest whole number, halves to the even one, as numpy.rint.
function rint(x) {
  const near = Math.round(x);
  return Math.abs(x % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near;
}

// Read to nine decimals: the form in which two figures are judged equal (convention §9).
function settle(x) {
  return rint(x * 1e9) / 1e9;
}

// Half away from zero, on the decimal that was meant (convention §8).
function roundHalfUp(x, places) {
  if (places === null) return x;
  const step = 10 ** places;
  const up = Math.floor(settle(Math.abs(x) * step) + 0.5) / step;
  return x < 0 ? -up : up;
}

// One lot: shares of every node in its parent, as published until one moves.
class Model {
  constructor(lot) {
    this.lot = lot;
    this.nodes = lot.nodes;
    this.m = lot.weights.length;
    this.n = lot.ranked.length;
    this.published = Float64Array.from(lot.nodes, (node) => node.share);
    this.siblings = lot.nodes.map((node, i) =>
      lot.nodes.flatMap((other, j) => (j !== i && other.parent === node.parent ? [j] : [])));
    this.tops = lot.nodes.flatMap((node, i) => (node.parent < 0 ? [i] : []));
    this.topOf = this.topOfLeaves();
    this.places = Array.from({ length: this.n }, (_, b) => b);
    this.values = lot.values.map((row) => Float64Array.from(row));
    this.stretched = lot.rescale ? new Map(lot.rescale.rows.map((row, k) => [row, lot.rescale.before[k]])) : null;
    this.reset();
  }

  // For every leaf the place of its top criterion among the top criteria.
  topOfLeaves() {
    const found = new Int32Array(this.m);
    this.nodes.forEach((node, i) => {
      let top = i;
      while (this.nodes[top].parent >= 0) top = this.nodes[top].parent;
      if (node.leaf >= 0) found[node.leaf] = this.tops.indexOf(top);
    });
    return found;
  }

  reset() {
    this.shares = Float64Array.from(this.published);
    this.grip = -1; // the node that moves now, and the proportions of its siblings when it began to
    this.base = null;
  }

  get moved() {
    return this.shares.some((share, i) => share !== this.published[i]);
  }

  // One node takes this share of its parent (0-1); the others keep the proportions that they had before it moved.
  move(node, share) {
    const others = this.siblings[node];
    if (!others.length) return;
    if (this.grip !== node) {
      this.grip = node;
      this.base = Float64Array.from(this.shares);
    }
    if (share === this.base[node]) {
      this.shares[node] = share;
      for (const other of others) this.shares[other] = this.base[other];
      return;
    }
    const given = [this.base, this.published].find((from) => others.some((other) => from[other] > 0));
    let whole = 0;
    for (const other of others) whole += given ? given[other] : 1;
    this.shares[node] = share;
    for (const other of others) this.shares[other] = (1 - share) * ((given ? given[other] : 1) / whole);
  }

  // Weights of the leaves as fractions of 1: the published figure wherever nothing above the leaf has moved.
  weights() {
    const { nodes, shares, published } = this;
    const weights = Float64Array.from(this.lot.weights);
    const full = new Float64Array(nodes.length);
    const other = new Uint8Array(nodes.length);
    for (let i = 0; i < nodes.length; i++) {
      const { parent, leaf } = nodes[i];
      full[i] = (parent < 0 ? 1 : full[parent]) * shares[i];
      other[i] = (parent >= 0 && other[parent]) || shares[i] !== published[i] ? 1 : 0;
      if (leaf >= 0 && other[i]) weights[leaf] = full[i];
    }
    this.full = full;
    return weights;
  }

  // By how much a node is stretched so that its best bid has 100, under these weights.
  factor(weights) {
    const { rows, among } = this.lot.rescale;
    const own = rows.some((row) => weights[row] !== 0) ? rows.map((row) => weights[row]) : rows.map(() => 1);
    let whole = 0;
    for (const w of own) whole += w;
    let best = 0;
    for (let b = 0; b < among[0].length; b++) {
      let sum = 0;
      for (let k = 0; k < rows.length; k++) sum += own[k] * among[k][b];
      best = Math.max(best, sum / whole);
    }
    return best > 0 ? 100 / best : 1;
  }

  // Points of every leaf and bid, totals, ranks, order.
  result() {
    const { m, n, lot } = this;
    const weights = this.weights();
    const { criterion, total: places } = lot.rounding;
    const factor = this.stretched && this.moved ? this.factor(weights) : 0;
    const points = new Float64Array(m * n);
    const unrounded = new Float64Array(n);
    for (let i = 0, at = 0; i < m; i++) {
      const w = weights[i];
      const before = factor ? this.stretched.get(i) : undefined;
      const values = this.values[i];
      for (let b = 0; b < n; b++, at++) {
        const p = w * (before ? before[b] * factor : values[b]);
        points[at] = p;
        unrounded[b] += p;
      }
    }
    const added = criterion === null ? unrounded : this.addRounded(points, criterion);
    const total = places === null ? added : added.map((x) => roundHalfUp(x, places));
    return { weights, points, unrounded, total, ...this.rank(total, points) };
  }

  addRounded(points, places) {
    const added = new Float64Array(this.n);
    for (let i = 0, at = 0; i < this.m; i++) {
      for (let b = 0; b < this.n; b++, at++) added[b] += roundHalfUp(points[at], places);
    }
    return added;
  }

  // Ranks 1-2-2-4 by the total, the tie keys, a recorded draw; higher is better in all of them. The keys after the
  // total are worked out where totals are equal.
  rank(total, points) {
    const keys = [{ name: "total", figures: total.map(settle) }];
    let found = this.ranksBy(keys);
    if (!found.tied) return { keys, ...found };
    for (const key of this.lot.keys) {
      if (key.name !== "draw") keys.push({ ...key, figures: this.keyFigures(key, points) });
    }
    found = this.ranksBy(keys);
    const draw = this.lot.keys.find((key) => key.name === "draw");
    if (draw && found.tied) {
      const drawn = this.drawn(draw.drawn, found.ranks);
      if (drawn.some((x) => x !== 0)) {
        keys.push({ ...draw, figures: drawn });
        found = this.ranksBy(keys);
      }
    }
    return { keys, ...found };
  }

  keyFigures(key, points) {
    if (key.figures) return Float64Array.from(key.figures, settle);
    const sum = new Float64Array(this.n);
    for (const row of key.rows) {
      for (let b = 0; b < this.n; b++) sum[b] += roundHalfUp(points[row * this.n + b], this.lot.rounding.criterion);
    }
    return sum.map(settle);
  }

  ranksBy(keys) {
    const { n } = this;
    const first = keys[0].figures;
    const compare = (a, b) => {
      if (first[a] !== first[b]) return first[b] - first[a];
      for (let k = 1; k < keys.length; k++) {
        const { figures } = keys[k];
        if (figures[a] !== figures[b]) return figures[b] - figures[a];
      }
      return 0;
    };
    const order = this.places.slice().sort(compare); // stable: tied bids stay as they stood
    const ranks = new Int32Array(n);
    let tied = false;
    for (let i = 0; i < n; i++) {
      const same = i > 0 && compare(order[i - 1], order[i]) === 0;
      ranks[order[i]] = same ? ranks[order[i - 1]] : i + 1;
      tied ||= same;
    }
    return { ranks, order, tied };
  }

  // A draw decides inside a tied group, if it gives each of the group its own place.
  drawn(places, ranks) {
    const key = new Float64Array(this.n);
    for (const rank of new Set(ranks)) {
      const group = [...ranks.keys()].filter((b) => ranks[b] === rank);
      const own = new Set(group.map((b) => places[b]));
      if (group.length > 1 && !own.has(null) && own.size === group.length) {
        for (const b of group) key[b] = -places[b];
      }
    }
    return key;
  }

  // Points by top criterion: one row a criterion, one column a bid.
  sums(result) {
    const { m, n } = this;
    const sums = new Float64Array(this.tops.length * n);
    for (let i = 0, at = 0; i < m; i++) {
      for (let b = 0, to = this.topOf[i] * n; b < n; b++, at++, to++) sums[to] += result.points[at];
    }
    return sums;
  }

  // What rounding does to the sum of a bid's points: with it they add up to the total.
  rounded(result, b) {
    let whole = 0;
    for (let i = 0; i < this.m; i++) whole += result.points[i * this.n + b];
    const rest = result.total[b] - whole;
    return Math.abs(rest) > 1e-9 ? rest : 0;
  }

  // The first key in which two bids differ; null where none parts them.
  decidedBy(result, a, b) {
    return result.keys.find(({ figures }) => figures[a] !== figures[b]) ?? null;
  }
}
