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
    this.roots = this.rootOfLeaves();
    this.stretched = lot.rescale ? new Map(lot.rescale.rows.map((row, k) => [row, lot.rescale.before[k]])) : null;
    this.reset();
  }

  rootOfLeaves() {
    const roots = new Int32Array(this.m);
    this.nodes.forEach((node, i) => {
      let top = i;
      while (this.nodes[top].parent >= 0) top = this.nodes[top].parent;
      if (node.leaf >= 0) roots[node.leaf] = top;
    });
    return roots;
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
    const weights = Float64Array.from(this.lot.weights);
    const full = new Float64Array(this.nodes.length);
    const other = new Uint8Array(this.nodes.length);
    this.nodes.forEach((node, i) => {
      const up = node.parent;
      full[i] = (up < 0 ? 1 : full[up]) * this.shares[i];
      other[i] = (up >= 0 && other[up]) || this.shares[i] !== this.published[i] ? 1 : 0;
      if (node.leaf >= 0 && other[i]) weights[node.leaf] = full[i];
    });
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
    const added = criterion === null ? unrounded : new Float64Array(n);
    for (let i = 0; i < m; i++) {
      const w = weights[i];
      const before = factor ? this.stretched.get(i) : undefined;
      const values = lot.values[i];
      for (let b = 0; b < n; b++) {
        const p = w * (before ? before[b] * factor : values[b]);
        points[i * n + b] = p;
        unrounded[b] += p;
        if (criterion !== null) added[b] += roundHalfUp(p, criterion);
      }
    }
    const total = added.map((x) => roundHalfUp(x, places));
    const { ranks, keys } = this.rank(total, points);
    const order = [...ranks.keys()].sort((a, b) => ranks[a] - ranks[b] || a - b);
    return { weights, points, unrounded, total, ranks, keys, order };
  }

  // Ranks 1-2-2-4 by the total, the tie keys, a recorded draw; higher is better in all of them.
  rank(total, points) {
    const keys = [{ name: "total", figures: total.map(settle) }];
    for (const key of this.lot.keys) {
      if (key.name !== "draw") keys.push({ ...key, figures: this.keyFigures(key, points) });
    }
    let ranks = this.ranksBy(keys);
    const draw = this.lot.keys.find((key) => key.name === "draw");
    if (draw) {
      const drawn = this.drawn(draw.drawn, ranks);
      if (drawn.some((x) => x !== 0)) {
        keys.push({ ...draw, figures: drawn });
        ranks = this.ranksBy(keys);
      }
    }
    return { ranks, keys };
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
    const compare = (a, b) => {
      for (const { figures } of keys) if (figures[a] !== figures[b]) return figures[b] - figures[a];
      return 0;
    };
    const order = Array.from({ length: this.n }, (_, b) => b).sort(compare);
    const ranks = new Int32Array(this.n);
    order.forEach((b, i) => {
      ranks[b] = i > 0 && compare(order[i - 1], b) === 0 ? ranks[order[i - 1]] : i + 1;
    });
    return ranks;
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

  // Points of a bid by top criterion, and what rounding does to their sum; they add up to the total.
  parts(result, b) {
    const sums = new Map();
    let whole = 0;
    for (let i = 0; i < this.m; i++) {
      const p = result.points[i * this.n + b];
      sums.set(this.roots[i], (sums.get(this.roots[i]) ?? 0) + p);
      whole += p;
    }
    const rest = result.total[b] - whole;
    return { sums, rounding: Math.abs(rest) > 1e-9 ? rest : 0 };
  }

  // The first key in which two bids differ; null where none parts them.
  decidedBy(result, a, b) {
    return result.keys.find(({ figures }) => figures[a] !== figures[b]) ?? null;
  }
}
