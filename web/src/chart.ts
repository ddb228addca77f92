// One indicator over time: results joined by a line, targets hollow and joined by dashes.
import type { Graph } from "./data";
import { el, svg } from "./dom";
import { t } from "./words";

export interface Point { readonly year: number; readonly number: number; readonly target: boolean; readonly said: string }

/** The end of a period as a fraction of years: 2024 → 2024, 2021/2025 → 2025, 2026-09 → 2026.67. */
export function yearOf(period: string): number | null {
  const last = /(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(period);
  if (!last) return null;
  return Number(last[1]) + (last[2] ? (Number(last[2]) - 1) / 12 : 0);
}

const WIDE = 340, TALL = 96, SIDE = 22, HEAD = 20, FOOT = 20;
const HEXAGON = "M-2.6 -4.4h5.2L5.2 0L2.6 4.4h-5.2L-5.2 0z";

export function points(graph: Graph, rows: readonly number[]): Point[] {
  const { values, periods, page } = graph;
  return rows.flatMap((i) => {
    const year = yearOf(periods[values.period[i]] ?? ""), number = Number(values.number[i]);
    if (year === null || !Number.isFinite(number)) return [];
    return [{ year, number, target: page.kinds[values.kind[i]] === "target", said: `${periods[values.period[i]]} ${values.written[i] || values.number[i]}` }];
  }).sort((a, b) => a.year - b.year);
}

export function chart(title: string, unit: string, all: readonly Point[]): HTMLElement {
  const years = all.map((p) => p.year), numbers = all.map((p) => p.number);
  const [from, to, low, high] = [Math.min(...years), Math.max(...years), Math.min(...numbers), Math.max(...numbers)];
  const x = (year: number): number => SIDE + ((year - from) / Math.max(to - from, 0.01)) * (WIDE - 2 * SIDE);
  const y = (number: number): number => TALL - FOOT - ((number - low) / Math.max(high - low, 1e-9)) * (TALL - FOOT - HEAD) - (high === low ? 20 : 0);
  const line = (some: readonly Point[], dashed: boolean): SVGElement | false => some.length > 1 && svg("path", { d: `M${some.map((p) => `${x(p.year).toFixed(1)} ${y(p.number).toFixed(1)}`).join("L")}`,
    fill: "none", stroke: "var(--quiet)", "stroke-width": 1.2, "stroke-dasharray": dashed ? "5 4" : "none" });
  const text = (at: number, down: number, words: string, anchor: string): SVGElement => svg("text", { x: at, y: down, "text-anchor": anchor, class: "tick" }, words);
  const results = all.filter((p) => !p.target), targets = all.filter((p) => p.target);
  const label = (p: Point): SVGElement => text(Math.min(Math.max(x(p.year), 14), WIDE - 14), y(p.number) - 8, String(p.number), x(p.year) > WIDE - 50 ? "end" : x(p.year) < 50 ? "start" : "middle");
  const first = all[0], last = all[all.length - 1], peak = all.find((p) => p.number === high), pit = all.find((p) => p.number === low);
  const told = [...new Set([first, last, peak, pit])].filter((p): p is Point => p !== undefined);
  const drawing = svg("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, class: "chart", role: "img", "aria-label": `${title} (${unit}): ${all.map((p) => p.said).join("; ")}` },
    svg("path", { d: `M${SIDE - 8} ${TALL - FOOT + 8}H${WIDE - SIDE + 8}`, stroke: "var(--hairline)" }), line(results, false), line(targets, true),
    ...all.map((p) => svg("path", { d: HEXAGON, transform: `translate(${x(p.year).toFixed(1)} ${y(p.number).toFixed(1)})`, fill: p.target ? "var(--ground)" : "var(--value)", stroke: "var(--ink)" }, svg("title", {}, p.said))),
    ...told.map(label),
    ...[...new Set([Math.floor(from), Math.floor(to)])].map((year, n) => text(n === 0 ? x(from) : x(to), TALL - 2, String(year), n === 0 ? (to > from ? "start" : "middle") : "end")));
  return el("figure", {}, drawing, targets.length && results.length ? el("figcaption", { class: "quiet" }, `⬢ ${t("result")}   ⬡ ${t("target")}`) : null);
}
