// Dated obligations and results: one lane a subject, one row an indicator. Stands in the place of the picture while its tab is chosen.
import { programmesIn, said, subjectOf, written } from "./cited";
import type { Graph } from "./data";
import { bdi, button, el, svg } from "./dom";
import type { Host } from "./host";
import { type Lanes, lanesOf } from "./lanes";
import { frame, span } from "./period";
import type { State } from "./state";
import { draw, type Paper, scaleOf } from "./strip";
import { count, spoken, t, term } from "./words";

const FIRST_LANES = 12, MORE_LANES = 24, ROWS = 8, ROWS_NARROW = 5, MOST_LISTED = 400;

class Timeline {
  readonly root = el("section", { id: "timeline", class: "view" });
  axis: SVGElement | null = null;
  body: SVGElement | null = null;
  private readonly bar = el("div", { class: "bar" });
  private readonly top = el("div", { class: "axis" });
  private readonly sheet = el("div", { class: "strip" });
  private readonly roll = el("div", { class: "roll" });
  private readonly foot = el("div", { class: "foot" });
  private readonly table = el("div", { class: "listed" });
  private readonly tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  private lanes: Lanes | null = null;
  private papers: readonly Paper[] = [];
  private rows: readonly (readonly SVGElement[])[] = [];
  private open = new Set<number>();
  private shown = FIRST_LANES;
  private whole = false;
  private listed = false;
  private drawnAt = 0;
  private last = "";
  private seen = "";

  constructor(private readonly host: Host) {
    this.roll.append(this.top, this.sheet, this.table, this.foot, this.tip);
    this.root.append(this.bar, this.roll);
    new ResizeObserver(() => { if (this.room() !== this.drawnAt) this.redraw(); }).observe(this.roll);
    this.sheet.addEventListener("click", (event) => this.press(event.target as Element));
    this.sheet.addEventListener("keydown", (event) => this.key(event));
    this.sheet.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") this.hint((event.target as Element).closest?.<SVGElement>("[data-at]") ?? null); });
    this.sheet.addEventListener("pointerleave", () => this.hint(null));
    this.sheet.addEventListener("focusin", (event) => { this.rove(event.target as SVGElement); this.hint(event.target as SVGElement); });
    this.sheet.addEventListener("focusout", () => this.hint(null));
  }

  show(state: State): HTMLElement {
    const key = JSON.stringify([state.filters, spoken()]), selected = JSON.stringify([state.selected, state.theme]);
    if (key !== this.last) {
      this.lanes = lanesOf(this.host.graph, state.filters);
      this.papers = this.dated();
      this.last = key;
      this.redraw();
    } else if (selected !== this.seen) this.redraw();
    this.seen = selected;
    // Not yet in the page, it has no width; once this step is over, it has.
    if (!this.root.isConnected) queueMicrotask(() => this.redraw());
    return this.root;
  }

  private dated(): Paper[] {
    const { documents } = this.host.graph;
    return [...programmesIn(this.host)].flatMap(([paper, edges]) => {
      const when = span(documents.issued[paper] || (documents.year[paper] > 0 ? String(documents.year[paper]) : ""));
      return when ? [{ paper, span: when, claims: edges.size }] : [];
    }).sort((a, b) => a.span.from + a.span.to - b.span.from - b.span.to || a.paper - b.paper);
  }

  private room(): number {
    const { paddingLeft, paddingRight } = getComputedStyle(this.roll);
    return Math.floor(this.roll.clientWidth - (Number.parseFloat(paddingLeft) || 0) - (Number.parseFloat(paddingRight) || 0));
  }

  redraw(): void {
    const { lanes, host: { graph, store } } = this, width = this.room();
    if (!lanes || width < 50) return;
    this.drawnAt = width;
    const held = (document.activeElement as SVGElement | null)?.dataset?.at, within = this.sheet.contains(document.activeElement);
    const spans = [...lanes.spans, ...this.papers.map((one) => one.span)];
    const { from, to, outside } = frame(spans, lanes.newest?.at ?? new Date().getFullYear(), this.whole);
    const selected = store.state.selected, scale = scaleOf(width, from, to), inside = (s: { from: number; to: number }): boolean => s.from >= from - 1e-6 && s.to <= to + 1e-6;
    const some = lanes.lanes.map((lane) => ({ ...lane, rows: lane.rows.map((row) => ({ ...row, values: row.values.filter((one) => inside(one.span)) })).filter((row) => row.values.length) })).filter((lane) => lane.rows.length);
    const chosen = selected?.kind === "entity" ? some.findIndex((lane) => lane.subject === selected.id) : -1;
    const drawn = chosen >= this.shown ? [some[chosen], ...some.slice(0, this.shown)] : some.slice(0, this.shown);
    this.head(lanes, outside);
    const empty = !some.length && !this.papers.length;
    this.top.hidden = this.sheet.hidden = empty || this.listed;
    if (empty) { this.foot.replaceChildren(el("p", { class: "state" }, t(graph.values.size ? "timelineFiltered" : "timelineEmpty"))); this.table.replaceChildren(); this.axis = this.body = null; return; }
    const made = draw({ graph, scale, lanes: drawn, papers: this.papers.filter((one) => inside(one.span)), newest: lanes.newest, open: this.open, selected: selected ? `${selected.kind} ${selected.id}` : "", first: scale.narrow ? ROWS_NARROW : ROWS });
    this.axis = made.axis;
    this.body = made.body;
    this.rows = made.rows;
    this.top.replaceChildren(made.axis);
    this.sheet.replaceChildren(made.body);
    const all = this.rows.flat(), at = all.find((one) => one.dataset.at === held) ?? all[0];
    if (at) at.setAttribute("tabindex", "0");
    if (within && at) at.focus({ preventScroll: true });
    this.below(some.length, drawn.length, lanes.undated, outside);
    this.list(drawn.flatMap((lane) => lane.rows.flatMap((row) => row.values.map(({ id }) => id))));
  }

  private head(lanes: Lanes, outside: number): void {
    const { graph } = this.host, { values, page } = graph;
    const ahead = lanes.newest ? lanes.lanes.reduce((sum, lane) => sum + lane.rows.reduce((n, row) => n + row.values.filter(({ id, span: when }) => page.kinds[values.kind[id]] === "target" && when.to > (lanes.newest?.at ?? 0)).length, 0), 0) : 0;
    const sign = (key: string, ...shape: SVGElement[]): HTMLElement => el("span", { class: "kind" }, svg("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true", class: "icon" }, ...shape), t(key));
    const hexagon = "M-3.2 -5.6h6.4L6.4 0L3.2 5.6h-6.4L-6.4 0z", arrow = "M0 -7L6 0H2.6V6.4H-2.6V0H-6z", ink = { stroke: "var(--ink)", "stroke-width": 1 };
    this.bar.replaceChildren(
      el("p", {}, t("timelineSum", { n: count(lanes.dated), subjects: count(lanes.lanes.filter((lane) => lane.subject >= 0).length) }), ahead && lanes.newest ? ` ${t("timelineAhead", { n: count(ahead), date: lanes.newest.said })}` : ""),
      el("div", { class: "signs" }, sign("result", svg("path", { d: hexagon, fill: "var(--value)", ...ink })),
        sign("target", svg("path", { d: hexagon, fill: "var(--ground)", ...ink }), svg("path", { d: "M-1.7 -3h3.4L3.4 0L1.7 3h-3.4L-3.4 0z", fill: "none", stroke: "var(--value)", "stroke-width": 1.8 })),
        sign("change", svg("path", { d: arrow, fill: "var(--value)", ...ink })), sign("deadlineAhead", svg("path", { d: "M0 -7V7", stroke: "var(--ink)", "stroke-width": 2 }))),
      el("div", { class: "does" },
        outside || this.whole ? button(this.whole ? t("yearsNear") : t("yearsAll"), () => { this.whole = !this.whole; this.redraw(); }, { "aria-pressed": String(this.whole) }) : null,
        button(this.listed ? t("asPicture") : t("asTable"), () => { this.listed = !this.listed; this.redraw(); this.bar.querySelector<HTMLElement>(".does button:last-child")?.focus(); }, { "aria-pressed": String(this.listed) })));
  }

  private below(all: number, drawn: number, undated: number, outside: number): void {
    const left = Math.max(all - drawn, 0), said = [left ? t("timelineLeft", { n: count(drawn), left: count(left) }) : "", outside ? t("timelineOutside", { n: count(outside) }) : "", undated ? t("timelineUndated", { n: count(undated) }) : ""].filter(Boolean);
    this.foot.replaceChildren(el("p", { class: "quiet" }, said.join(" ")), left ? button(t("moreLanes", { n: count(Math.min(left, MORE_LANES)) }), () => { this.shown += MORE_LANES; this.redraw(); }) : "");
  }

  /** The same values as a table: for screen readers, for print, and for whoever likes tables. */
  private list(ids: readonly number[]): void {
    const { graph, store } = this.host, { values, page, entities, indicators, periods, documents } = graph;
    this.table.hidden = false;
    this.table.classList.toggle("printed", !this.listed);
    const head = ["subject", "indicator", "figures", "kind", "modality", "period", "documents"].map((key) => el("th", { scope: "col" }, t(`column-${key}`)));
    const rows = ids.slice(0, MOST_LISTED).map((id) => el("tr", {},
      el("th", { scope: "row" }, bdi(subjectOf(graph, id) < 0 ? t("noSubject") : entities.name[subjectOf(graph, id)], { class: "clamp two" })), el("td", {}, bdi(indicators[values.indicator[id]] ?? "", { class: "clamp three" })),
      el("td", {}, button(bdi(written(graph, id), { class: "clamp two" }), () => store.set({ selected: { kind: "value", id } }), { class: "link" })), el("td", {}, t(page.kinds[values.kind[id]])),
      el("td", {}, term(page.modalities[values.modality[id]])), el("td", {}, said(periods[values.period[id]] ?? "")), el("td", {}, bdi(documents.title[values.document[id]] ?? "", { class: "clamp two" }))));
    this.table.replaceChildren(el("table", {}, el("caption", {}, t("view-timeline")), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)),
      ids.length > MOST_LISTED ? el("p", { class: "quiet" }, t("tableCut", { n: count(MOST_LISTED), left: count(ids.length - MOST_LISTED) })) : "");
  }

  private press(at: Element): void {
    const [kind, id] = (at.closest<SVGElement>("[data-at]")?.dataset.at ?? "").split(" "), number = Number(id);
    if (kind === "more") { this.open.add(number); this.redraw(); }
    else if (kind === "less") { this.open.delete(number); this.redraw(); }
    else if (kind === "value" || kind === "entity" || kind === "paper") this.host.store.set({ selected: { kind, id: number } });
  }

  private rove(to: SVGElement): void {
    if (!to.dataset.at) return;
    for (const one of this.sheet.querySelectorAll<SVGElement>("[tabindex='0']")) one.setAttribute("tabindex", "-1");
    to.setAttribute("tabindex", "0");
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const here = event.target as SVGElement, row = this.rows.findIndex((some) => some.includes(here)), column = this.rows[row]?.indexOf(here) ?? -1;
    if (row < 0) return;
    const beside = (n: number): SVGElement | undefined => [...(this.rows[n] ?? [])].sort((a, b) => Math.abs(Number(a.dataset.x) - Number(here.dataset.x)) - Math.abs(Number(b.dataset.x) - Number(here.dataset.x)))[0];
    const next = event.key === "ArrowRight" ? this.rows[row][column + 1] : event.key === "ArrowLeft" ? this.rows[row][column - 1] : event.key === "ArrowDown" ? beside(row + 1) : event.key === "ArrowUp" ? beside(row - 1)
      : event.key === "Home" ? this.rows[event.ctrlKey ? 0 : row][0] : event.key === "End" ? this.rows[event.ctrlKey ? this.rows.length - 1 : row].at(-1) : undefined;
    if (next) next.focus();
    else if (event.key === "Enter" || event.key === " ") this.press(here);
    else if (event.key === "Escape" && this.host.store.state.selected) this.host.store.set({ selected: null });
    else if (!/^(Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private hint(at: SVGElement | null): void {
    const { graph } = this.host, [kind, number] = (at?.dataset?.at ?? "").split(" "), id = Number(number);
    if (!at || (kind !== "value" && kind !== "paper")) { this.tip.hidden = true; return; }
    const { values, indicators, periods, page, entities, documents } = graph;
    if (kind === "value") this.tip.replaceChildren(el("b", {}, bdi(indicators[values.indicator[id]] ?? "", { class: "clamp two" })),
      el("span", { class: "figure" }, bdi(written(graph, id), { class: "clamp two" })), el("span", { class: "quiet" }, [t(page.kinds[values.kind[id]]), term(page.modalities[values.modality[id]]), said(periods[values.period[id]] ?? "")].join(" · ")),
      subjectOf(graph, id) < 0 ? "" : el("span", { class: "quiet" }, bdi(entities.name[subjectOf(graph, id)], { class: "clamp" })));
    else this.tip.replaceChildren(el("b", {}, bdi(documents.title[id], { class: "clamp three" })), el("span", { class: "quiet" }, documents.issued[id] || String(documents.year[id])));
    this.tip.hidden = false;
    const room = this.roll.getBoundingClientRect(), place = (at.querySelector("g, path:last-of-type") ?? at).getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.tip, below = place.bottom + 8 + offsetHeight < room.bottom, down = this.roll.scrollTop - room.top;
    this.tip.style.left = `${Math.min(Math.max(place.left + place.width / 2 - room.left - offsetWidth / 2, 0), Math.max(room.width - offsetWidth, 0))}px`;
    this.tip.style.top = `${below ? place.bottom + down + 8 : place.top + down - offsetHeight - 8}px`;
  }
}

let made: Timeline | null = null;

export function timeline(_: Graph, state: State, host: Host): HTMLElement {
  made ??= new Timeline(host);
  return made.show(state);
}

/** The timeline as it is drawn, its axis and its body; null while it is empty. */
export const timelineDrawn = (): { axis: SVGElement; body: SVGElement } | null => (made?.axis && made.body ? { axis: made.axis, body: made.body } : null);
