// Reading: what is selected, in words; the overview where nothing is.
import { chart, points } from "./chart";
import { cited } from "./cited";
import { across, edgesOf } from "./data";
import { bdi, button, type Child, el, icon, line } from "./dom";
import { claimsOf, evidence, modality, opening } from "./evidence";
import type { Host } from "./host";
import { icon_, jump, LEADING, listing, row, typeOf } from "./names";
import { paths } from "./paths";
import { BYS } from "./state";
import { count, t, term } from "./words";

/** Characters of an entity's name in the heading of what others say of it: … 覆盖 泾河. */
const LONGEST = 16;

export class Panel {
  readonly root: HTMLElement;
  private readonly text = el("div", { id: "reading" });
  private readonly handle: HTMLButtonElement;
  private last = "";
  private about = "";
  constructor(private readonly host: Host) {
    this.handle = button("", () => this.raise(!document.body.classList.contains("raised")), { id: "handle", "aria-controls": "reading" });
    this.root = el("aside", { id: "panel", tabindex: -1 }, this.handle, this.text);
  }

  /** On a small screen the panel is a sheet at the foot, half up or raised over the picture. */
  raise(up: boolean): void {
    document.body.classList.toggle("raised", up);
    this.handle.setAttribute("aria-expanded", String(up));
    this.handle.setAttribute("aria-label", t(up ? "sheetDown" : "sheetUp"));
  }

  render(force = false): void {
    const { state } = this.host.store;
    const key = JSON.stringify([state.selected, state.start, state.path, state.language, state.filters, state.by, state.near, state.open]);
    if (key === this.last && !force) return;
    const about = JSON.stringify([state.selected, state.path]), top = about === this.about ? this.root.scrollTop : 0;
    this.last = key;
    this.about = about;
    this.root.setAttribute("aria-label", t("details"));
    this.raise(document.body.classList.contains("raised"));
    this.text.replaceChildren(...this.content().filter((child): child is Node | string => Boolean(child)));
    this.root.scrollTop = top;
  }

  private content(): Child[] {
    const { host } = this, { state } = host.store, { selected } = state;
    const head: Child[] = [];
    if (state.start !== null && selected?.id !== state.start)
      head.push(el("div", { class: "notice" }, el("p", {}, t("pathFrom"), " ", bdi(host.graph.entities.name[state.start], { class: "clamp" })),
        selected?.kind === "entity" && button(t("pathHere"), () => host.store.set({ path: [state.start as number, selected.id], start: null, selected: null }), { class: "strong" }),
        button(t("giveUp"), () => host.store.set({ start: null }))));
    else if (state.start !== null) head.push(el("div", { class: "notice" }, el("p", {}, t("pathChoose")), button(t("giveUp"), () => host.store.set({ start: null }))));
    if (!selected && state.path) return [...head, ...paths(host)];
    if (!selected) return [...head, ...overview(host)];
    const back = el("p", { class: "back" }, button(`← ${state.path ? t("backPath") : t("back")}`, () => host.store.set({ selected: null }), { class: "link quiet" }));
    const body = selected.kind === "entity" ? profile(host, selected.id) : selected.kind === "edge" ? relation(host, selected.id) : selected.kind === "group" ? group(host, selected.id) : cited(host, selected.kind, selected.id);
    return [back, ...head, ...body];
  }
}

function overview(host: Host): Child[] {
  const { graph } = host, { entities, documents } = graph, sieved = host.sieved();
  const best: number[] = [];
  for (let id = 0; id < entities.size && best.length < 60; id++) if (sieved.entities[id]) best.push(id);
  if (!best.length) return [el("p", { class: "state" }, t("emptyFilter")), button(t("reset"), () => host.store.filter({ types: [], predicates: [], modalities: [], document: null, since: null, until: null, confidence: 0 }))];
  const papers = Array.from({ length: documents.size }, (_, n) => n).sort((a, b) => (documents.issued[a] < documents.issued[b] ? 1 : documents.issued[a] > documents.issued[b] ? -1 : a - b));
  return [
    el("h2", { class: "section columns" }, el("span", {}, t("most")), el("span", {}, t("claims"))),
    listing(best, (id) => row(host, id, entities.weight[id]), 14, { class: "rows" }),
    el("h2", { class: "section" }, t("documents")),
    listing(papers, (n) => el("li", { class: "paper" }, button([bdi(documents.title[n], { class: "clamp two" })], () => host.store.filter({ document: n }), { class: "link", title: t("onlyThis") }),
      documents.issued[n] ? el("span", { class: "quiet" }, documents.issued[n]) : null), 8, { class: "papers" }),
  ];
}

function profile(host: Host, id: number): Child[] {
  const { graph, store } = host, { entities, page } = graph, { state } = store;
  const names = (list: readonly string[] | undefined, key: string): Child => list?.length ? el("p", { class: "quiet clamp three" }, `${t(key)} `, ...list.slice(0, 40).flatMap((name, n) => [n ? "、" : "", bdi(name)])) : null;
  const near = state.near.includes(id);
  const facts = relations(host, id), figures = indicators(host, id);
  return [
    el("h2", { class: "clamp five" }, bdi(entities.name[id])),
    el("p", { class: "kind" }, icon_(graph, id), typeOf(graph, id)),
    names(entities.alias[id], "aliases"), names(entities.hidden[id], "hidden"),
    el("p", { class: "quiet" }, t("support", { claims: count(entities.weight[id]), documents: count(entities.documents[id]) })),
    el("p", { class: "actions" },
      state.by !== "all" && button(near ? t("nearLess") : t("near"), () => store.set({ near: near ? state.near.filter((one) => one !== id) : [...state.near, id] }), { "aria-pressed": String(near) }),
      button(t("pathStart"), () => store.set({ start: id, path: null })),
      page.server ? el("a", { class: "button", href: page.server + entities.iri[id] }, t("entityPage")) : null),
    ...facts, ...figures,
    !facts.length && !figures.length && el("p", { class: "state" }, t("noFacts")),
  ];
}

const WHERE = new Set(["locatedIn", "partOf"]);

function relations(host: Host, id: number): Child[] {
  const { graph } = host, { edges, page } = graph, sieved = host.sieved();
  const kinds = new Map<string, { out: boolean; predicate: number; edges: number[] }>();
  let all = 0;
  for (const edge of new Set(edgesOf(graph, id))) {
    if (!sieved.edges[edge]) continue;
    const out = edges.from[edge] === id, key = `${edges.predicate[edge]} ${out}`;
    if (!kinds.has(key)) kinds.set(key, { out, predicate: edges.predicate[edge], edges: [] });
    kinds.get(key)?.edges.push(edge);
    all++;
  }
  const where = (predicate: number): number => Number(WHERE.has(page.predicates[predicate]));
  const order = [...kinds.values()].sort((a, b) => where(a.predicate) - where(b.predicate) || Number(b.out) - Number(a.out) || b.edges.length - a.edges.length || a.predicate - b.predicate);
  if (!all) return [];
  return [el("h3", { class: "section columns" }, el("span", {}, t("facts")), el("span", {}, count(all))), ...order.flatMap(({ out, predicate, edges: some }) => {
    some.sort((a, b) => sieved.claims[b] - sieved.claims[a] || a - b);
    const verb = term(page.predicates[predicate]);
    const own = [...graph.entities.name[id]], short = own.length > LONGEST ? `${own.slice(0, LONGEST).join("")}…` : own.join("");
    return [el("h4", {}, ...(out ? [`${verb} →`] : [`… ${verb} `, bdi(short)]), " ", el("span", { class: "quiet" }, count(some.length))),
      listing(some, (edge) => fact(host, edge, across(edges, edge, id), id, all <= 3), LEADING, { class: "facts" })];
  })];
}

function fact(host: Host, edge: number, other: number, self: number, open: boolean): HTMLElement {
  const { graph } = host, statements = claimsOf(graph, edge, host.sieved().kept);
  const how = [...new Set(statements.map((one) => one.modality))].map((one) => modality(graph, one));
  return opening([jump(host, other), ...how], t("sentences", { n: count(statements.length) }), () => evidence(graph, statements, [self, other]), open);
}

function relation(host: Host, edge: number): Child[] {
  const { graph } = host, { edges, page } = graph, from = edges.from[edge], to = edges.to[edge];
  const statements = claimsOf(graph, edge, host.sieved().kept);
  const kinds = [...new Set(statements.map((one) => one.modality))];
  return [
    el("h2", {}, term(page.predicates[edges.predicate[edge]])),
    el("p", { class: "ends" }, jump(host, from)), el("p", { class: "ends verb" }, `↓ ${term(page.predicates[edges.predicate[edge]])}`), el("p", { class: "ends" }, jump(host, to)),
    ...kinds.flatMap((how) => {
      const some = statements.filter((one) => one.modality === how), name = page.modalities[how];
      return [el("h3", { class: "section kind" }, line(name), term(name), el("span", { class: "number" }, count(some.length))), evidence(graph, some, [from, to])];
    }),
    !statements.length && el("p", { class: "state" }, t("emptyFilter")),
  ];
}

function group(host: Host, id: number): Child[] {
  const { graph, store, groupings } = host, { state } = store, sieved = host.sieved();
  const grouping = groupings.get(state.by), members = [...(grouping.members[id] ?? [])].filter((one) => sieved.entities[one]);
  const opened = state.open.includes(id);
  const kinds = graph.page.types.map((type, n) => ({ type, n: members.filter((one) => graph.entities.type[one] === n).length })).filter(({ n }) => n > 0);
  return [
    el("h2", { class: "clamp three" }, bdi(groupings.name(state.by, id))),
    el("p", { class: "quiet" }, `${t(`by-${BYS.includes(state.by) ? state.by : "all"}`)} · ${count(members.length)} ${t("entities")}`),
    el("p", { class: "kinds" }, ...kinds.map(({ type, n }) => el("span", { class: "kind" }, icon(type), `${term(type)} ${count(n)}`))),
    el("p", { class: "actions" }, button(opened ? t("closeGroup") : t("openGroup"), () => store.set({ open: opened ? state.open.filter((one) => one !== id) : [...state.open, id] }), { "aria-pressed": String(opened) })),
    el("h3", { class: "section columns" }, el("span", {}, t("most")), el("span", {}, t("claims"))),
    listing(members, (one) => row(host, one, graph.entities.weight[one]), 24, { class: "rows" }),
  ];
}

function indicators(host: Host, id: number): Child[] {
  const { graph } = host, { values, valuesOf, page, periods, units } = graph;
  const kinds = new Map<string, number[]>();
  for (let i = valuesOf.start[id]; i < valuesOf.start[id + 1]; i++) {
    const n = valuesOf.rows[i], key = `${values.indicator[n]} ${values.unit[n]}`;
    if (!kinds.has(key)) kinds.set(key, []);
    kinds.get(key)?.push(n);
  }
  if (!kinds.size) return [];
  const said = (n: number): string => {
    const signed = values.operator[n] === "=" || /[以超多余约近不左低高]/.test(values.written[n]);
    const upper = values.upper[n] ? `–${values.upper[n]}` : "";
    return `${signed ? "" : `${values.operator[n]} `}${values.written[n] || `${values.number[n]}${upper} ${units[values.unit[n]] ?? ""}`}`;
  };
  const groups = [...kinds.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  return [el("h3", { class: "section columns" }, el("span", {}, t("figures")), el("span", {}, count([...kinds.values()].flat().length))), listing(groups, (some) => {
    const title = graph.indicators[values.indicator[some[0]]], unit = units[values.unit[some[0]]] ?? "", drawn = points(graph, some);
    some.sort((a, b) => (periods[values.period[b]] ?? "").localeCompare(periods[values.period[a]] ?? "") || a - b);
    return el("li", { class: "indicator" }, el("h4", { class: "kind" }, icon("value"), bdi(title)),
      new Set(drawn.map((p) => p.year)).size > 1 && chart(title, unit, drawn),
      listing(some, (n) => opening([el("span", { class: "figure", title: [values.number[n], values.upper[n], unit].filter(Boolean).join(" ") }, said(n)),
        el("span", { class: "chip" }, [t(page.kinds[values.kind[n]]), periods[values.period[n]]].filter(Boolean).join(" ")), modality(graph, values.modality[n])], t("source"),
        () => evidence(graph, [{ sentence: values.sentence[n], document: values.document[n], modality: values.modality[n] }], [id])), 6, { class: "facts" }));
  }, 12, { class: "indicators" })];
}
