// Elements, figures and pictures. Text is only ever set as text: nothing that came from outside becomes markup.

const SVG = "http://www.w3.org/2000/svg";

function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("aria-")) element.setAttribute(name, String(value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// Another text in an element that has one; the same text costs nothing.
function write(element, text) {
  const node = element.firstChild;
  if (!node) element.append(text);
  else if (node.data !== text) node.data = text;
}

// A figure with fixed decimals, commas for thousands and a real minus, as report/formats.py writes it.
function number(x, places) {
  if (x === null || !Number.isFinite(x)) return "–";
  const rounded = roundHalfUp(x, places);
  const [whole, rest] = Math.abs(rounded).toFixed(places).split(".");
  return (rounded < 0 ? "−" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}

function signed(x, places) {
  return (roundHalfUp(x, places) > 0 ? "+" : "") + number(x, places);
}

// A figure with the digits that it has, six at most.
function short(x) {
  return number(x, 6).replace(/\.?0+$/, "") || "0";
}

// A lead; one that would be shown as nothing is shown to nine decimals.
function lead(x, places) {
  const shown = number(x, places);
  return x && !/[1-9]/.test(shown) ? number(x, 9) : shown;
}

// A name that is written from right to left, closed off so that it does not turn the words and figures beside it.
function isolate(name) {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? `\u2068${name}\u2069` : name;
}

// A column without a head is a picture of the ones before it.
function table(name, label, heads, rows) {
  return h("div", { class: "wide" }, h("table", { class: name, "aria-label": label },
    h("thead", {}, h("tr", {}, heads.map(([head, kind]) => (head ? h("th", { scope: "col", class: kind }, head) : h("td", { class: kind }))))),
    h("tbody", {}, rows)));
}

// Stops of the map cividis, which reads the same for all kinds of colour vision and in grey.
const CIVIDIS = ["00224e", "123570", "3b496c", "575d6d", "707173", "8a8678", "a59c74", "c3b369", "e1cc55", "fee838"]
  .map((hex) => [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16)));

function heatColour(t) {
  const at = Math.min(Math.max(t, 0), 1) * (CIVIDIS.length - 1);
  const low = Math.min(Math.floor(at), CIVIDIS.length - 2);
  const mixed = CIVIDIS[low].map((c, i) => Math.round(c + (at - low) * (CIVIDIS[low + 1][i] - c)));
  return `rgb(${mixed.join(",")})`;
}

// Round figures from low to high, at most so many.
function ticks(low, high, most) {
  const wide = Math.max(high - low, 1e-6) / most;
  const size = 10 ** Math.floor(Math.log10(wide));
  const step = size * [1, 2, 5, 10].find((f) => size * f >= wide * (1 - 1e-9));
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

const WIDTH = 900;
const HEIGHT = 480;
const FRAME = { left: 78, right: 18, top: 14, bottom: 56 };

// Price against quality: dots with names, and lines on which every place has the same total.
function scatter({ dots, lines, xLabel, yLabel, alt, limits }) {
  const { x: [x0, x1], y: [y0, y1] } = limits;
  const X = (x) => FRAME.left + ((x - x0) / (x1 - x0)) * (WIDTH - FRAME.left - FRAME.right);
  const Y = (y) => HEIGHT - FRAME.bottom - ((y - y0) / (y1 - y0)) * (HEIGHT - FRAME.top - FRAME.bottom);
  const picture = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "scatter", role: "img", "aria-label": alt });
  const taken = [];
  axes(picture, X, Y, limits, xLabel, yLabel);
  for (const line of lines) isoLine(picture, line, X, Y, y0, y1, taken);
  for (const dot of dots) taken.push(box(X(dot.x), Y(dot.y), 14, 14));
  for (const dot of dots) {
    picture.append(dot.first
      ? s("path", { class: "dot first", d: `M${X(dot.x)} ${Y(dot.y) - 9}l9 9l-9 9l-9 -9z` })
      : s("circle", { class: "dot", cx: X(dot.x), cy: Y(dot.y), r: 6.5 }));
  }
  for (const dot of dots) nameDot(picture, dot, X(dot.x), Y(dot.y), taken);
  return picture;
}

function axes(picture, X, Y, { x: [x0, x1], y: [y0, y1] }, xLabel, yLabel) {
  const bottom = HEIGHT - FRAME.bottom;
  for (const x of ticks(x0, x1, 6).filter((x) => x >= x0 && x <= x1)) {
    picture.append(s("line", { class: "grid", x1: X(x), x2: X(x), y1: FRAME.top, y2: bottom }),
      s("text", { class: "tick", x: X(x), y: bottom + 18, "text-anchor": "middle" }, short(x)));
  }
  for (const y of ticks(y0, y1, 6).filter((y) => y >= y0 && y <= y1)) {
    picture.append(s("line", { class: "grid", x1: FRAME.left, x2: WIDTH - FRAME.right, y1: Y(y), y2: Y(y) }),
      s("text", { class: "tick", x: FRAME.left - 8, y: Y(y) + 4, "text-anchor": "end" }, short(y)));
  }
  picture.append(
    s("path", { class: "axis", d: `M${FRAME.left} ${FRAME.top}V${bottom}H${WIDTH - FRAME.right}` }),
    s("text", { class: "label", x: (FRAME.left + WIDTH - FRAME.right) / 2, y: HEIGHT - 10, "text-anchor": "middle" }, xLabel),
    s("text", { class: "label", transform: `translate(18 ${(FRAME.top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, yLabel));
}

function isoLine(picture, { total, x, y }, X, Y, y0, y1, taken) {
  let path = "";
  let last = null;
  for (let i = 0; i < x.length; i++) {
    const seen = y[i] !== null && Number.isFinite(y[i]) && y[i] >= y0 && y[i] <= y1;
    if (seen) {
      path += `${last === i - 1 ? "L" : "M"}${X(x[i]).toFixed(1)} ${Y(y[i]).toFixed(1)}`;
      last = i;
    }
  }
  if (last === null) return;
  const at = Math.max(0, last - 4);
  picture.append(s("path", { class: "iso", d: path }));
  if (y[at] === null || Y(y[at]) < FRAME.top + 8 || Y(y[at]) > HEIGHT - FRAME.bottom - 8) return;
  const label = short(total);
  const place = box(X(x[at]), Y(y[at]), 7 * label.length + 8, 15);
  if (taken.some((other) => meet(place, other))) return;
  taken.push(place);
  picture.append(s("rect", { class: "plate", x: place.x, y: place.y, width: place.w, height: place.h }),
    s("text", { class: "iso-label", x: X(x[at]), y: Y(y[at]) + 4, "text-anchor": "middle" }, label));
}

function box(x, y, w, height) {
  return { x: x - w / 2, y: y - height / 2, w, h: height };
}

function meet(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

// Letters of Chinese are twice as wide.
function textWidth(text) {
  let wide = 0;
  for (const letter of text) wide += letter.codePointAt(0) > 0x2e7f ? 13.5 : 7.6;
  return wide;
}

function clip(text, most) {
  if (textWidth(text) <= most) return text;
  let kept = [...text];
  while (kept.length && textWidth(kept.join("")) > most - 13) kept.pop();
  return `${kept.join("")}…`;
}

// A name goes where there is room; where there is none it stands in the table below only.
function nameDot(picture, dot, x, y, taken) {
  const label = clip(dot.label, 150);
  const wide = textWidth(label) + 4;
  for (const ring of [0, 8, 18]) {
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, -1], [0, 1], [0.8, -1], [0.8, 1], [-0.8, -1], [-0.8, 1]]) {
      const place = box(x + dx * (12 + ring + wide / 2) * (dy && Math.abs(dx) < 1 ? 0.9 : 1), y + dy * (16 + ring), wide, 15);
      const inside = place.x >= FRAME.left && place.x + place.w <= WIDTH && place.y >= 0 && place.y + 15 <= HEIGHT - FRAME.bottom;
      if (!inside || taken.some((other) => meet(place, other))) continue;
      taken.push(place);
      picture.append(s("text", { class: "name", x: place.x + wide / 2, y: place.y + 12, "text-anchor": "middle" }, label));
      return;
    }
  }
}
