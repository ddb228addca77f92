// Reading what the timeline and the matrix point to: one value, all claims between two entities, what one document says of programmes.
import type { Graph } from "./data";
import { bdi, type Child, el, icon, line } from "./dom";
import { claimsOf, evidence, modality, opening, type Stated } from "./evidence";
import type { Host } from "./host";
import { jump, LEADING, listing } from "./names";
import { count, t, term } from "./words";

/** A value as people write it, its sign before it where the words do not say it. */
export function written(graph: Graph, n: number): string {
  const { values, units } = graph, said = values.written[n];
  const signed = values.operator[n] === "=" || /[以超多余约近不左低高≥≤<>≈]/.test(said);
  const upper = values.upper[n] ? `–${values.upper[n]}` : "";
  return `${signed ? "" : `${values.operator[n]} `}${said || `${values.number[n]}${upper} ${units[values.unit[n]] ?? ""}`.trim()}`;
}

/** Equal for values that say the same of the same subject. */
export function sameness(graph: Graph, n: number): string {
  const { values: v } = graph;
  return [subjectOf(graph, n), v.scope[n], v.indicator[n], v.kind[n], v.modality[n], v.period[n], v.unit[n], v.operator[n], v.number[n], v.upper[n]].join(" ");
}

export const subjectOf = (graph: Graph, n: number): number => (graph.values.about[n] >= 0 ? graph.values.about[n] : graph.values.scope[n]);

/** Edges between the ends of one that the filters let through, either way. */
export function between(host: Host, edge: number): number[] {
  const { edges, around } = host.graph, from = edges.from[edge], to = edges.to[edge], kept = host.sieved().edges, found = new Set<number>();
  for (let i = around.start[from]; i < around.start[from + 1]; i++) {
    const one = around.rows[i];
    if (kept[one] && ((edges.from[one] === from && edges.to[one] === to) || (edges.from[one] === to && edges.to[one] === from))) found.add(one);
  }
  return [...found];
}

function pair(host: Host, edge: number): Child[] {
  const { graph } = host, { edges, page } = graph, ends = [edges.from[edge], edges.to[edge]];
  return [
    el("p", { class: "ends" }, jump(host, ends[0])), el("p", { class: "ends" }, jump(host, ends[1])),
    ...between(host, edge).flatMap((one) => {
      const statements = claimsOf(graph, one, host.sieved().kept), verb = term(page.predicates[edges.predicate[one]]);
      const head = [bdi(graph.entities.name[edges.from[one]], { class: "clamp" }), ` ${verb} → `, bdi(graph.entities.name[edges.to[one]], { class: "clamp" })];
      return [el("h3", { class: "section columns" }, el("span", {}, verb), el("span", {}, count(statements.length))), el("p", { class: "quiet way" }, ...head), evidence(graph, statements, ends)];
    }),
  ];
}

function figure(host: Host, n: number): Child[] {
  const { graph } = host, { values, page, periods, units, indicators } = graph, subject = subjectOf(graph, n), scope = values.scope[n];
  const same = sameness(graph, n), equal = [n];
  for (let one = 0; one < values.size; one++) if (one !== n && sameness(graph, one) === same) equal.push(one);
  const exact = [values.operator[n] === "=" ? "" : values.operator[n], values.number[n], values.upper[n] && `– ${values.upper[n]}`, units[values.unit[n]]].filter(Boolean).join(" ");
  return [
    el("h2", { class: "clamp five" }, icon("value"), " ", bdi(indicators[values.indicator[n]] ?? "")),
    el("p", { class: "figure", title: exact }, bdi(written(graph, n), { class: "clamp three" })),
    el("p", { class: "kind" }, line(page.modalities[values.modality[n]]), term(page.modalities[values.modality[n]]), ` · ${t(page.kinds[values.kind[n]])}`, periods[values.period[n]] ? ` · ${said(periods[values.period[n]])}` : ""),
    subject >= 0 && el("p", { class: "ends" }, jump(host, subject)),
    scope >= 0 && scope !== subject && el("p", { class: "ends" }, `${t("scope")} `, jump(host, scope)),
    el("h3", { class: "section" }, t("source")),
    evidence(graph, equal.map((one) => ({ sentence: values.sentence[one], document: values.document[one], modality: values.modality[one] })), subject >= 0 ? [subject] : []),
  ];
}

/** A period as it is read: 2021/2025 is 2021–2025. */
export const said = (period: string): string => period.replace("/", "–");

/** The claims of a document that touch a programme, by edge. */
export function programmesIn(host: Host): Map<number, Map<number, Stated[]>> {
  const { graph } = host, { claims, edges, entities, page } = graph, { kept } = host.sieved(), programme = page.types.indexOf("Programme"), papers = new Map<number, Map<number, Stated[]>>();
  for (let i = 0; i < claims.size; i++) {
    const edge = claims.edge[i], paper = claims.document[i];
    if (!kept[i] || paper < 0 || (entities.type[edges.from[edge]] !== programme && entities.type[edges.to[edge]] !== programme)) continue;
    const some = papers.get(paper) ?? new Map<number, Stated[]>();
    papers.set(paper, some);
    some.set(edge, [...(some.get(edge) ?? []), { sentence: claims.sentence[i], document: paper, modality: claims.modality[i], confidence: claims.confidence[i] }]);
  }
  return papers;
}

function paperSays(host: Host, paper: number): Child[] {
  const { graph } = host, { documents, edges, page } = graph, stated = [...(programmesIn(host).get(paper) ?? [])];
  return [
    el("h2", { class: "clamp five" }, page.server ? el("a", { href: page.server + documents.iri[paper], rel: "noopener" }, bdi(documents.title[paper])) : bdi(documents.title[paper])),
    el("p", { class: "kind" }, [documents.issued[paper] || (documents.year[paper] ? String(documents.year[paper]) : ""), documents.place[paper]].filter(Boolean).join(" · ")),
    documents.publisher[paper] && el("p", { class: "quiet clamp" }, bdi(documents.publisher[paper])),
    el("h3", { class: "section columns" }, el("span", {}, t("paperProgrammes")), el("span", {}, count(stated.length))),
    !stated.length && el("p", { class: "state" }, t("emptyFilter")),
    listing(stated, ([edge, some]) => opening([jump(host, edges.from[edge]), el("span", { class: "verb" }, ` ${term(page.predicates[edges.predicate[edge]])} `), jump(host, edges.to[edge]), ...[...new Set(some.map((one) => one.modality))].map((how) => modality(graph, how))],
      t("sentences", { n: count(some.length) }), () => evidence(graph, some, [edges.from[edge], edges.to[edge]])), LEADING * 2, { class: "facts" }),
  ];
}

export function cited(host: Host, kind: "value" | "between" | "paper", id: number): Child[] {
  return kind === "value" ? figure(host, id) : kind === "between" ? pair(host, id) : paperSays(host, id);
}
