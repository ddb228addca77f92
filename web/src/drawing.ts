// Views as SVG text: the picture from what is shown in it, the timeline from its own drawing, the matrix from its cells. Each has the title
// and the date of the newest document above and its legend below, and no script.
import { type Canvas } from "./canvas";
import { type Grid, brief } from "./grid";
import type { Host } from "./host";
import { name } from "./labels";
import { newestOf } from "./lanes";
import type { Drawn } from "./matrix";
import { arrows, look, strength } from "./programs";
import type { Joined, Shown } from "./scene";
import { escapeXml, fit, mark, sound, tag, widthOf, words } from "./svg";
import { now } from "./theme";
import { isNot } from "./dom";
import { count, spoken, t, term } from "./words";

/** A picture as text, with its size in pixels. */
export interface Picture { readonly text: string; readonly width: number; readonly height: number }
interface Piece { readonly text: string; readonly height: number }

const HEAD = 46, SIDE = 16, VALUE = "#CC79A7", HEXAGON = "M-3.2 -5.6h6.4L6.4 0L3.2 5.6h-6.4L-6.4 0z", ARROW = "M0 -7L6 0H2.6V6.4H-2.6V0H-6z";
const DASHES: Readonly<Record<string, string>> = { planned: "6 4", required: "0.1 4" };

function stroke(how: string, d: string, x: number, y: number): string {
  const { ink, quiet, accent } = now(), not = isNot(how);
  return tag("path", { d, fill: "none", stroke: not ? quiet : ink, "stroke-width": how === "ongoing" ? 1 : 2, "stroke-dasharray": DASHES[how], "stroke-linecap": how === "required" ? "round" : null })
    + (not ? tag("path", { d: `M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7`, stroke: accent, "stroke-width": 1.6, fill: "none" }) : "");
}

export function head(host: Host, width: number, view: string): Piece {
  const { ink, quiet, hairline } = now(), newest = newestOf(host.graph), date = newest ? t("newest", { date: newest.said }) : "", right = date ? widthOf(date, 12) + 24 : 0;
  return { height: HEAD, text: words(fit(`${host.graph.page.title[spoken()]} · ${view}`, 16, width - 2 * SIDE - right), { x: SIDE, y: 28, "font-size": 16, "font-weight": 600, fill: ink })
    + (date ? words(date, { x: width - SIDE, y: 27, "font-size": 12, fill: quiet, "text-anchor": "end" }) : "") + tag("path", { d: `M0 ${HEAD - 0.5}H${width}`, stroke: hairline }) };
}

/** The legend, its items in as many lines as they need. */
export function foot(host: Host, width: number, values: boolean): Piece {
  const { page } = host.graph, colours = now(), { ink, quiet, ground } = colours, outline = { stroke: ink, "stroke-width": 1 };
  const signs: [string, string][] = values
    ? [[tag("path", { d: HEXAGON, fill: VALUE, ...outline }), t("result")], [tag("path", { d: HEXAGON, fill: ground, ...outline }) + tag("path", { d: "M-1.7 -3h3.4L3.4 0L1.7 3h-3.4L-3.4 0z", fill: "none", stroke: VALUE, "stroke-width": 1.8 }), t("target")],
      [tag("path", { d: ARROW, fill: VALUE, ...outline }), t("change")], [tag("path", { d: "M0 -7V7", stroke: ink, "stroke-width": 2 }), t("deadlineAhead")]]
    : page.types.map((type, n) => [tag("path", { d: mark(n, 6), fill: colours.types[n], ...outline }), term(type)]);
  const lines: [string, string][] = page.modalities.map((how) => [stroke(how, "M-11 0H11", 0, 0), term(how)]);
  let x = SIDE, y = 24, text = "";
  for (const [sign, label] of [...signs, ...lines]) {
    const left = lines.some(([one]) => one === sign) ? 12 : 8, wide = left * 2 + 7 + widthOf(label, 12) + 18;
    if (x + wide > width && x > SIDE) { x = SIDE; y += 22; }
    text += tag("g", { transform: `translate(${(x + left).toFixed(1)} ${y})` }, sign) + words(label, { x: x + left * 2 + 6, y: y + 4.2, "font-size": 12, fill: quiet });
    x += wide;
  }
  return { text: tag("path", { d: `M0 .5H${width}`, stroke: colours.hairline }) + text, height: y + 18 };
}

/** A whole picture: its head, what is shown, its legend. */
export function page(host: Host, width: number, view: string, inner: Piece, values: boolean): Picture {
  const { ground, font } = now(), top = head(host, width, view), below = foot(host, width, values), height = top.height + inner.height + below.height;
  const title = `${host.graph.page.title[spoken()]} · ${view}`;
  const text = tag("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": font, role: "img", "aria-label": title },
    tag("title", {}, escapeXml(title)), tag("rect", { width, height, fill: ground }), tag("svg", { y: top.height, width, height: inner.height, viewBox: `0 0 ${width} ${inner.height}` }, inner.text),
    top.text, tag("g", { transform: `translate(0 ${top.height + inner.height})` }, below.text));
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, width, height };
}

type Plot = ReturnType<Canvas["plot"]>;

function joined(plot: Plot, ends: readonly [Shown, Shown], edge: Joined, modalities: readonly string[]): string {
  const { ink, quiet, accent } = now(), a = plot.at(ends[0]), b = plot.at(ends[1]), dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy);
  if (far < 1 || Math.max(a.x, b.x) < -40 || Math.min(a.x, b.x) > plot.width + 40 || Math.max(a.y, b.y) < -40 || Math.min(a.y, b.y) > plot.height + 40) return "";
  const bend = 2 * edge.bend * Math.min(far * 0.16, 34), cx = (a.x + b.x) / 2 + (dy / far) * bend, cy = (a.y + b.y) / 2 - (dx / far) * bend;
  const how = modalities[edge.how] ?? "", not = isNot(how), light = plot.lit?.chosen.has(edge.key) ? 2 : plot.lit?.edges.has(edge.key) ? 1 : 0;
  const strong = light > 1 ? 1 : light ? 0.62 : (edge.edge < 0 ? 0.17 : strength()) * look.fade, arrow = edge.edge >= 0 && arrows() && far > b.radius + 14;
  const at = (k: number): [number, number] => [(1 - k) ** 2 * a.x + 2 * k * (1 - k) * cx + k * k * b.x, (1 - k) ** 2 * a.y + 2 * k * (1 - k) * cy + k * k * b.y];
  const end = far - b.radius - 1, last = arrow ? (end - 4) / far : ends[1].opened && end > 0 ? end / far : 1, [ex, ey] = at(last), round = (n: number): string => n.toFixed(1), colour = light > 1 ? accent : not ? quiet : ink;
  const d = edge.bend ? `M${round(a.x)} ${round(a.y)}Q${round(a.x + (cx - a.x) * last)} ${round(a.y + (cy - a.y) * last)} ${round(ex)} ${round(ey)}` : `M${round(a.x)} ${round(a.y)}L${round(ex)} ${round(ey)}`;
  let made = tag("path", { d, fill: "none", stroke: colour, "stroke-width": edge.width * (light ? 1.35 : 1), "stroke-opacity": strong, "stroke-dasharray": how === "planned" ? "6 4" : how === "required" ? "0.1 5" : null, "stroke-linecap": how === "required" ? "round" : null });
  if (arrow) {
    const [tx, ty] = at(end / far), [bx, by] = at(Math.max(end - 7, 0) / far), ox = -(ty - by) * 0.42, oy = (tx - bx) * 0.42;
    made += tag("path", { d: `M${round(tx)} ${round(ty)}L${round(bx + ox)} ${round(by + oy)}L${round(bx - ox)} ${round(by - oy)}Z`, fill: colour, "fill-opacity": strong });
  }
  const [mx, my] = at(0.5);
  return not && arrows() && far > 24 ? made + tag("path", { d: `M${round(mx - 4)} ${round(my - 4)}l8 8m0-8l-8 8`, stroke: accent, "stroke-width": 1.6, "stroke-opacity": light ? 1 : 0.9 * look.fade, fill: "none" }) : made;
}

function disc(plot: Plot, shown: Shown, shines: number): string {
  const { ink, wash, accent, types } = now(), { x, y, radius } = plot.at(shown), at = { cx: x, cy: y }, thick = Math.min(Math.max(radius * 0.09, 1.5), 4), ring = radius - thick / 2;
  const arcs = shown.opened ? "" : shown.shares.map((to, n) => {
    const from = n ? shown.shares[n - 1] : 0, turn = (share: number): string => `${(x + ring * Math.sin(share * 2 * Math.PI)).toFixed(1)} ${(y - ring * Math.cos(share * 2 * Math.PI)).toFixed(1)}`;
    if (to - from < 1e-4) return "";
    if (to - from > 0.9999) return tag("circle", { ...at, r: ring, fill: "none", stroke: types[n], "stroke-width": thick, "stroke-opacity": 0.85 });
    return tag("path", { d: `M${turn(from)}A${ring.toFixed(1)} ${ring.toFixed(1)} 0 ${to - from > 0.5 ? 1 : 0} 1 ${turn(to)}`, fill: "none", stroke: types[n], "stroke-width": thick, "stroke-opacity": 0.85 });
  }).join("");
  return tag("g", { opacity: shines ? null : look.fade < 1 ? look.fade : null }, tag("circle", { ...at, r: radius, ...(shown.opened ? { fill: ink, "fill-opacity": 0.025 } : { fill: wash }) }), arcs, tag("circle", { ...at, r: radius - 0.5, fill: "none", stroke: ink, "stroke-opacity": shown.opened ? 0.45 : 0.75 }))
    + (shines > 1 ? tag("circle", { ...at, r: radius + 2.6, fill: "none", stroke: accent, "stroke-width": 2.2 }) : "");
}

/** Writes down the names that the picture draws upon its sheet. */
class Scribe {
  textAlign = ""; textBaseline = ""; lineJoin = ""; font = ""; lineWidth = 0; strokeStyle = ""; fillStyle = "";
  written = "";
  private readonly real = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  measureText(text: string): TextMetrics { this.real.font = this.font; return this.real.measureText(text); }
  strokeText(): void { /* `paint-order` does it below. */ }
  fillText(text: string, x: number, y: number): void {
    this.written += words(text, { x, y, "text-anchor": "middle", "dominant-baseline": "central", "font-size": Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 13), "font-weight": this.font.startsWith("600") ? 600 : null,
      fill: this.fillStyle, stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round", "paint-order": "stroke" });
  }
}

export function graphPicture(host: Host, canvas: Canvas): Picture {
  const plot = canvas.plot(), { scene, lit, width, height } = plot, { page: about, entities } = host.graph, colours = now(), by = new Map(scene.nodes.map((one) => [one.key, one]));
  const shines = (key: string): number => (lit?.chosen.has(key) ? 2 : lit?.nodes.has(key) ? 1 : 0);
  const lines = scene.edges.map((edge) => { const a = by.get(edge.from), b = by.get(edge.to); return a && b ? joined(plot, [a, b], edge, about.modalities) : ""; });
  const marks = scene.nodes.map((shown) => {
    const { x, y, radius } = plot.at(shown), light = shines(shown.key), type = entities.type[shown.entity];
    if (x < -radius - 8 || x > width + radius + 8 || y < -radius - 8 || y > height + radius + 8) return "";
    if (shown.entity < 0) return disc(plot, shown, light);
    return tag("path", { d: mark(type, radius), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, fill: colours.types[type], stroke: colours.ink, "stroke-width": radius < 4 ? 0.5 : 1, opacity: light || look.fade >= 1 ? null : look.fade })
      + (light > 1 ? tag("circle", { cx: x, cy: y, r: radius * 1.15 + 4.5, fill: "none", stroke: colours.accent, "stroke-width": 2.2 }) : "");
  });
  const scribe = new Scribe();
  name(scribe as unknown as CanvasRenderingContext2D, plot.named, width, height, lit?.fade ?? false);
  return page(host, width, t("view-graph"), { text: `${tag("g", {}, ...lines, "")}${tag("g", {}, ...marks, "")}${tag("g", {}, scribe.written)}`, height }, false);
}

/** An element of the page as text that stands by itself. */
export function still(element: SVGElement, x: number, y: number): string {
  const copy = element.cloneNode(true) as SVGElement, style = getComputedStyle(document.documentElement);
  for (const one of copy.querySelectorAll(".act")) one.remove();
  for (const one of [copy, ...copy.querySelectorAll("*")]) for (const key of ["tabindex", "role", "class", "aria-label", "aria-hidden", "data-at", "data-x"]) one.removeAttribute(key);
  copy.setAttribute("x", String(x));
  copy.setAttribute("y", String(y));
  return sound(new XMLSerializer().serializeToString(copy)).replace(/var\(--([A-Za-z]+)\)/g, (_, key: string) => escapeXml(style.getPropertyValue(`--${key}`).trim()));
}

export function timelinePicture(host: Host, { axis, body }: { axis: SVGElement; body: SVGElement }): Picture {
  const width = Number(axis.getAttribute("width")), tall = Number(body.getAttribute("height")), lead = Number(axis.getAttribute("height"));
  return page(host, width + 2 * SIDE, t("view-timeline"), { text: still(axis, SIDE, 4) + still(body, SIDE, 4 + lead), height: 4 + lead + tall }, true);
}

export function matrixPicture(host: Host, { rows, columns, grid, title }: Drawn): Picture {
  const { ink, quiet, hairline, types } = now(), { entities, page: about } = host.graph, left = 220, top = 150, wide = 50, tall = 36, width = left + columns.length * wide;
  const line = (d: string, colour = hairline): string => tag("path", { d, stroke: colour });
  const heads = rows.map(({ id, claims }, n) => { const y = top + n * tall; return line(`M0 ${y + tall + 0.5}H${width}`) + tag("path", { d: mark(entities.type[id], 6), transform: `translate(${SIDE + 7} ${y + tall / 2})`, fill: types[entities.type[id]], stroke: ink })
    + words(fit(entities.name[id], 13, left - 68), { x: SIDE + 22, y: y + tall / 2 + 4.5, "font-size": 13, fill: ink }) + words(count(claims), { x: left - 10, y: y + tall / 2 + 4.5, "font-size": 11, fill: quiet, "text-anchor": "end" }); });
  const over = columns.map(({ id }, n) => line(`M${left + (n + 1) * wide + 0.5} ${top}V${top + rows.length * tall}`)
    + words(fit(entities.name[id], 12, top / Math.SQRT1_2 - 50), { x: 0, y: 0, "font-size": 12, fill: ink, transform: `translate(${left + n * wide + wide / 2} ${top - 8}) rotate(-52)` }));
  const cells = rows.flatMap((row, y) => columns.map((column, x) => cellPicture(about.predicates, about.modalities, grid.cell(row.id, column.id), left + x * wide, top + y * tall, wide, tall)));
  // Heads lean out to the right, so that the last needs room.
  const full = Math.max(width + 90, 560);
  return page(host, full, `${t("view-matrix")} ${title}`, { text: heads.join("") + over.join("") + cells.join("") + line(`M0 ${top + 0.5}H${width}`, quiet) + line(`M${left + 0.5} ${top}V${top + rows.length * tall}`, quiet), height: top + rows.length * tall + 12 }, false);
}

function cellPicture(predicates: readonly string[], modalities: readonly string[], found: ReturnType<Grid["cell"]>, x: number, y: number, wide: number, tall: number): string {
  if (!found) return "";
  const { ink } = now(), middle = x + wide / 2, label = `${brief(predicates[found.predicates[0]])}${found.predicates.length > 1 ? "+" : ""}${found.claims > 1 ? ` ${count(found.claims)}` : ""}`;
  return tag("rect", { x: x + 1, y: y + 1, width: wide - 1, height: tall - 1, fill: ink, "fill-opacity": Math.min(0.04 * Math.log2(found.claims), 0.22) }) + words(fit(label, 11.5, wide), { x: middle, y: y + 17, "font-size": 11.5, fill: ink, "text-anchor": "middle" })
    + stroke(modalities[found.how] ?? "done", `M${middle - 13} ${y + 25}H${middle + 13}`, middle, y + 25);
}
