// The drawing of the timeline: an axis, lanes, rows, marks. Kinds differ by shape: a result is a full hexagon, a target a hollow one at the
// end of its line, a change an arrow; a document is a sheet. The line's style is the modality.
import { said, subjectOf, written } from "./cited";
import type { Graph } from "./data";
import { isNot, PATHS, svg } from "./dom";
import type { Dated, Lane, Row } from "./lanes";
import { type Span, step } from "./period";
import { alone, fit, widthOf } from "./svg";
import { count, cut, t, term } from "./words";

export interface Scale { readonly width: number; readonly left: number; readonly from: number; readonly to: number; readonly narrow: boolean; x(year: number): number }
export interface Paper { readonly paper: number; readonly span: Span; readonly claims: number }
export interface Drawing { readonly axis: SVGElement; readonly body: SVGElement; readonly rows: readonly (readonly SVGElement[])[] }
export interface Plan {
  readonly graph: Graph;
  readonly scale: Scale;
  readonly lanes: readonly Lane[];
  readonly papers: readonly Paper[];
  readonly newest: { readonly at: number; readonly said: string } | null;
  readonly open: ReadonlySet<number>;
  readonly selected: string;
  /** A lane's first rows, while it is not opened. */
  readonly first: number;
}

const HEXAGON = "M-3.2 -5.6h6.4L6.4 0L3.2 5.6h-6.4L-6.4 0z", INNER = "M-1.7 -3h3.4L3.4 0L1.7 3h-3.4L-3.4 0z", UP = "M0 -7L6 0H2.6V6.4H-2.6V0H-6z", SHEET = "M-4.5 -6h6l3 3v9h-9z";
const TALL = 25, HEAD = 36, TITLE = 18, MOST_ABREAST = 4, END = 14;

export function scaleOf(width: number, from: number, to: number): Scale {
  const narrow = width < 620, left = narrow ? 6 : Math.round(Math.min(Math.max(width * 0.27, 180), 320));
  const room = width - left - END;
  return { width, left, from, to, narrow, x: (year) => left + ((Math.min(Math.max(year, from), to) - from) / (to - from)) * room };
}

const text = (x: number, y: number, words: string, size: number, attributes: Readonly<Record<string, string | number>> = {}): SVGElement =>
  svg("text", { x, y, "font-size": size, fill: "var(--ink)", ...attributes }, words);

function ticks(scale: Scale): number[] {
  const each = step(scale.to - scale.from, scale.width - scale.left - END, scale.narrow ? 40 : 46), found: number[] = [];
  for (let year = Math.ceil(scale.from / each) * each; year <= scale.to; year += each) found.push(year);
  return found;
}

function axis({ scale, newest }: Plan): SVGElement {
  const { width, x } = scale, all = ticks(scale), shown = newest && newest.at >= scale.from && newest.at <= scale.to;
  const label = newest ? t("newest", { date: newest.said }) : "", wide = widthOf(label, 11.5), at = newest ? x(newest.at) : 0;
  return svg("svg", { width, height: 42, viewBox: `0 0 ${width} 42`, "aria-hidden": "true", "font-family": "var(--sans)" },
    shown ? text(at + wide / 2 > width - 4 ? width - 4 : Math.max(at, wide / 2 + 4), 13, label, 11.5, { "text-anchor": at + wide / 2 > width - 4 ? "end" : "middle", fill: "var(--quiet)" }) : null,
    shown ? svg("path", { d: `M${at - 4} 17h8l-4 6z`, fill: "var(--ink)" }) : null,
    ...all.map((year, n) => (x(year) + 34 < width || n === 0 ? text(x(year) + 4, 36, String(year), 12, { fill: "var(--quiet)" }) : null)),
    ...all.map((year) => svg("path", { d: `M${x(year)} 26V42`, stroke: "var(--quiet)", "stroke-width": 1, opacity: 0.6 })),
    svg("path", { d: `M${scale.left} 41.5H${width}`, stroke: "var(--quiet)", "stroke-width": 1, opacity: 0.6 }));
}

interface Placed { readonly one: Dated; readonly row: number; readonly at: number; readonly label: string; readonly where: number; readonly anchor: string }
/** From, to, where the words stand, and which end of them. */
type Way = readonly [number, number, number, string];

const long = ({ from, to }: Span): boolean => to - from > 0.11;

/** Where the mark of a stretch stands: a target at its end, all else in its middle. */
function stand(scale: Scale, { from, to }: Span, target: boolean): number {
  const end = scale.x(to), middle = (scale.x(from) + end) / 2;
  return Math.min(Math.max(target && long({ from, to, unit: "year" }) ? Math.max(end - 8, middle) : middle, scale.left + 8), scale.width - 8);
}

/** Marks of one row side by side where they fit, else beneath each other; those beyond the last line are counted. */
function place({ graph, scale }: Plan, row: Row, most: number): { placed: Placed[]; lines: number; left: number } {
  const taken: [number, number][][] = [], placed: Placed[] = [];
  let left = 0;
  const free = (line: number, from: number, to: number): boolean => (taken[line] ?? []).every(([a, b]) => to <= a || from >= b);
  for (const one of row.values) {
    const at = stand(scale, one.span, graph.page.kinds[graph.values.kind[one.id]] === "target"), words = cut(written(graph, one.id), 14), wide = widthOf(words, 12) + 5;
    const bar: [number, number] = long(one.span) ? [Math.min(scale.x(one.span.from), at - 9), Math.max(scale.x(one.span.to), at + 9)] : [at - 9, at + 9];
    const number = one.times > 1 ? ` ×${one.times}` : "", room = wide + widthOf(number, 12);
    // Past the line of the value where there is room, else before it, else over it, else without words.
    const ways: readonly Way[] = [[bar[0], bar[1] + room + 2, bar[1] + 4, "start"], [bar[0] - room, bar[1], bar[0] - 3, "end"], [bar[0], Math.max(bar[1], at + 9 + room), at + 11, "start"], [Math.min(bar[0], at - 9 - room), bar[1], at - 11, "end"], [bar[0], bar[1], 0, ""]];
    let found = false;
    for (const [from, to, where, anchor] of ways) {
      const label = anchor ? words + number : "";
      if (label && (from < scale.left || to > scale.width)) continue;
      const line = Array.from({ length: most }, (_, n) => n).find((n) => free(n, from, to));
      if (line === undefined) continue;
      (taken[line] ??= []).push([from, to]);
      placed.push({ one, row: line, at, label, where, anchor });
      found = true;
      break;
    }
    if (!found) left++;
  }
  return { placed, lines: Math.max(taken.length, 1), left };
}

export function nameOf(graph: Graph, id: number): string {
  const { values, indicators, periods, page, entities } = graph, subject = subjectOf(graph, id), how = page.modalities[values.modality[id]];
  return [subject < 0 ? "" : alone(cut(entities.name[subject], 60)), alone(cut(indicators[values.indicator[id]] ?? "", 80)), alone(cut(written(graph, id), 60)), t(page.kinds[values.kind[id]]), how === "done" ? "" : term(how), said(periods[values.period[id]] ?? "")].filter(Boolean).join(", ");
}

function valueMark(plan: Plan, { one: { id, span }, at, label, where, anchor }: Placed, y: number): SVGElement {
  const { graph, scale, newest } = plan, { values, page } = graph, kind = page.kinds[values.kind[id]], how = page.modalities[values.modality[id]];
  const target = kind === "target", from = scale.x(span.from) + 1, to = Math.max(scale.x(span.to) - 1, from + 1), ahead = target && newest !== null && span.to > newest.at + 1e-6;
  const dash = how === "planned" ? "5 3" : how === "required" ? "0.1 4" : null;
  const bar = !long(span) ? null : target
    ? svg("path", { d: `M${from} ${y}H${to}`, stroke: isNot(how) ? "var(--quiet)" : "var(--ink)", "stroke-width": how === "ongoing" ? 1 : 1.6, fill: "none", "stroke-dasharray": dash, "stroke-linecap": how === "required" ? "round" : null })
    : svg("rect", { x: from, y: y - 2.5, width: Math.max(to - from, 1), height: 5, rx: 2.5, fill: "var(--value)", opacity: 0.45 });
  const down = kind === "change" && (values.number[id].startsWith("-") || /[降减]/.test(values.written[id]));
  const shape = kind === "change" ? [svg("path", { d: UP, fill: "var(--value)", stroke: "var(--ink)", "stroke-width": 1, transform: down ? "rotate(180)" : null })]
    : [svg("path", { d: HEXAGON, fill: target ? "var(--ground)" : "var(--value)", stroke: "var(--ink)", "stroke-width": 1 }), target && svg("path", { d: INNER, fill: "none", stroke: "var(--value)", "stroke-width": 1.8 })];
  return svg("g", { role: "button", tabindex: -1, class: "mark", "data-at": `value ${id}`, "data-x": Math.round(at), "aria-label": nameOf(graph, id) },
    bar, ahead && svg("path", { d: `M${long(span) ? to : at + 9} ${y - 8}V${y + 8}`, stroke: "var(--ink)", "stroke-width": 2 }),
    svg("rect", { x: at - 12, y: y - 12, width: 24, height: 24, fill: "transparent" }),
    plan.selected === `value ${id}` && svg("circle", { cx: at, cy: y, r: 10.5, fill: "none", stroke: "var(--accent)", "stroke-width": 2 }),
    svg("g", { transform: `translate(${at.toFixed(1)} ${y})` }, ...shape, isNot(how) && svg("path", { d: "M-6 -6L6 6M6 -6L-6 6", stroke: "var(--accent)", "stroke-width": 1.6 })),
    label ? text(where, y + 4.3, label, 12, { "text-anchor": anchor, "font-weight": ahead ? 600 : 400, stroke: "var(--ground)", "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" }) : null);
}

function act(key: string, x: number, y: number, words: string, name: string): SVGElement {
  return svg("g", { role: "button", tabindex: -1, class: "act", "data-at": key, "data-x": Math.round(x), "aria-label": name },
    svg("rect", { x: x - 4, y: y - 16, width: widthOf(words, 12) + 10, height: 24, fill: "transparent" }), text(x, y, words, 12, { fill: "var(--quiet)", "text-decoration": "underline" }));
}

/** One subject: its name, its rows, and a way to the rest. Returns the height below. */
function lane(plan: Plan, { subject, count: number, rows }: Lane, top: number, out: SVGElement[], focus: SVGElement[][]): number {
  const { graph, scale, open, first } = plan, { entities, page } = graph, type = page.types[entities.type[subject]];
  const name = subject < 0 ? t("noSubject") : entities.name[subject], shown = fit(name, 14, scale.width - 130), x = 4, chosen = plan.selected === `entity ${subject}`;
  const head = svg("g", subject < 0 ? {} : { role: "button", tabindex: -1, class: "head", "data-at": `entity ${subject}`, "data-x": x, "aria-label": `${alone(cut(name, 120))}, ${t("laneValues", { n: count(number) })}` },
    svg("rect", { x: 0, y: top + 8, width: scale.width, height: 24, fill: "transparent" }),
    type ? svg("path", { d: PATHS[type] ?? PATHS.Agency, fill: `var(--${type})`, stroke: "var(--ink)", "stroke-width": 1, transform: `translate(${x} ${top + 11})` }) : null,
    text(x + (type ? 23 : 0), top + 24, shown, 14, { "font-weight": 600, ...(chosen ? { fill: "var(--accent)" } : {}) }),
    text(x + (type ? 31 : 8) + widthOf(shown, 14.4), top + 24, count(number), 12, { fill: "var(--quiet)" }));
  out.push(svg("path", { d: `M0 ${top + 0.5}H${scale.width}`, stroke: "var(--hairline)", "stroke-width": 1 }), head);
  if (subject >= 0) focus.push([head]);
  let y = top + HEAD;
  const some = open.has(subject) ? rows.slice(0, 200) : rows.slice(0, first);
  for (const row of some) {
    const { placed, lines, left } = place(plan, row, open.has(subject) ? 40 : MOST_ABREAST), title = graph.indicators[row.indicator] ?? "";
    if (scale.narrow) out.push(text(4, y + 11, fit(title, 12, scale.width - 12), 12, { fill: "var(--quiet)" }));
    else out.push(text(27, y + 16.5, fit(title, 13, scale.left - 38), 13));
    const above = scale.narrow ? TITLE : 0, marks = placed.map((one) => valueMark(plan, one, y + above + one.row * TALL + TALL / 2));
    out.push(...marks);
    if (left) marks.push(act(`more ${subject}`, scale.narrow ? scale.width - 60 : scale.left - 34, y + 16, `+${count(left)}`, t("others", { n: count(left) })));
    if (left) out.push(marks[marks.length - 1]);
    focus.push(marks.sort((a, b) => Number(a.dataset.x) - Number(b.dataset.x)));
    y += lines * TALL + above;
  }
  const more = rows.length - some.length;
  if (more > 0 || (open.has(subject) && rows.length > first)) {
    const words = more > 0 && !open.has(subject) ? t("moreRows", { n: count(more) }) : t("fewerRows"), made = act(`${more > 0 && !open.has(subject) ? "more" : "less"} ${subject}`, scale.narrow ? 4 : 27, y + 17, words, `${alone(cut(name, 60))}: ${words}`);
    out.push(made);
    focus.push([made]);
    y += TALL;
  }
  return y + 6;
}

/** The documents that speak of programmes, where their dates lie. */
function sheets(plan: Plan, top: number, out: SVGElement[], focus: SVGElement[][]): number {
  const { graph, scale, papers } = plan, lines: number[] = [], marks: SVGElement[] = [];
  out.push(svg("path", { d: `M0 ${top + 0.5}H${scale.width}`, stroke: "var(--hairline)", "stroke-width": 1 }), text(4, top + 24, fit(t("paperTicks"), 14, scale.width - 20), 14, { "font-weight": 600 }));
  let left = 0;
  const base = top + HEAD + TALL / 2;
  for (const { paper, span, claims } of papers) {
    const at = stand(scale, span, false), from = long(span) ? scale.x(span.from) : at - 7;
    let line = lines.findIndex((end) => end <= at - 8);
    if (line < 0) line = lines.length;
    if (line >= 8) { left++; continue; }
    lines[line] = at + 7;
    const y = base + line * 18, selected = plan.selected === `paper ${paper}`;
    marks.push(svg("g", { role: "button", tabindex: -1, class: "mark", "data-at": `paper ${paper}`, "data-x": Math.round(at),
      "aria-label": [alone(cut(graph.documents.title[paper], 100)), graph.documents.issued[paper] || String(graph.documents.year[paper]), t("paperClaims", { n: count(claims) })].join(", ") },
      long(span) && line === 0 && svg("path", { d: `M${from + 1} ${y}H${scale.x(span.to) - 1}`, stroke: "var(--quiet)", "stroke-width": 1, opacity: 0.6 }),
      svg("rect", { x: at - 9, y: y - 9, width: 18, height: 18, fill: "transparent" }),
      selected && svg("circle", { cx: at, cy: y, r: 10, fill: "none", stroke: "var(--accent)", "stroke-width": 2 }),
      svg("path", { d: SHEET, fill: "#8A8A8A", stroke: "var(--ink)", "stroke-width": 1, transform: `translate(${at.toFixed(1)} ${y})` })));
  }
  out.push(...marks);
  if (left) out.push(text(scale.left + 8, base + 8 * 18 + 4, t("others", { n: count(left) }), 12, { fill: "var(--quiet)" }));
  if (marks.length) focus.push(marks.sort((a, b) => Number(a.dataset.x) - Number(b.dataset.x)));
  return top + HEAD + Math.max(lines.length, 1) * 18 + (left ? 22 : 10);
}

export function draw(plan: Plan): Drawing {
  const { scale, newest } = plan, out: SVGElement[] = [], rows: SVGElement[][] = [];
  let y = 0;
  for (const one of plan.lanes) y = lane(plan, one, y, out, rows);
  if (plan.papers.length) y = sheets(plan, y, out, rows);
  const future = newest && newest.at < scale.to ? Math.max(scale.x(newest.at), scale.left) : null;
  const body = svg("svg", { width: scale.width, height: y, viewBox: `0 0 ${scale.width} ${y}`, role: "group", "aria-label": t("timelineHelp"), "font-family": "var(--sans)" },
    future !== null && svg("rect", { x: future, y: 0, width: scale.width - future, height: y, fill: "var(--faint)" }),
    ...ticks(scale).map((year) => svg("path", { d: `M${scale.x(year)} 0V${y}`, stroke: "var(--hairline)", "stroke-width": 1 })),
    newest && newest.at >= scale.from && newest.at <= scale.to && svg("path", { d: `M${scale.x(newest.at)} 0V${y}`, stroke: "var(--quiet)", "stroke-width": 1 }),
    ...out);
  return { axis: axis(plan), body, rows };
}
