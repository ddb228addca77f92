// What the timeline shows: values under one lane a subject and one row an indicator, the best supported first.
import { sameness, subjectOf } from "./cited";
import type { Graph } from "./data";
import { type Span, span } from "./period";
import type { Filters } from "./state";

/** A value, and how many statements give the same one. */
export interface Dated { readonly id: number; readonly span: Span; times: number }
export interface Row { readonly indicator: number; readonly unit: number; readonly values: readonly Dated[] }
/** Values of one subject; -1 where the text names none. */
export interface Lane { readonly subject: number; readonly count: number; readonly rows: readonly Row[] }
export interface Lanes { readonly lanes: readonly Lane[]; readonly spans: readonly Span[]; readonly undated: number; readonly dated: number; readonly newest: { readonly at: number; readonly said: string } | null }

function passes(graph: Graph, filters: Filters): (n: number) => boolean {
  const { values, entities, documents } = graph, { types, modalities, document: paper, since, until } = filters;
  return (n) => {
    const subject = subjectOf(graph, n), year = documents.year[values.document[n]] ?? 0;
    return !(subject >= 0 && types.includes(entities.type[subject])) && !modalities.includes(values.modality[n]) && (paper === null || values.document[n] === paper)
      && (since === null || year >= since) && (until === null || (year > 0 && year <= until));
  };
}

/** Values that the filters let through. */
export function valuesLeft(graph: Graph, filters: Filters): number[] {
  const pass = passes(graph, filters), found: number[] = [];
  for (let n = 0; n < graph.values.size; n++) if (pass(n)) found.push(n);
  return found;
}

/** The date of the newest document: its day where one is known, else the middle of its year. */
export function newestOf(graph: Graph): { at: number; said: string } | null {
  const { documents } = graph;
  let newest: { at: number; said: string } | null = null;
  for (let n = 0; n < documents.size; n++) {
    const issued = documents.issued[n] || (documents.year[n] > 0 ? String(documents.year[n]) : ""), when = span(issued);
    const at = when ? (when.unit === "day" ? when.from : (when.from + when.to) / 2) : -Infinity;
    if (at > (newest?.at ?? -Infinity)) newest = { at, said: issued };
  }
  return newest;
}

/** Rows that set results beside targets come first, then those of most periods, then the longest. */
function ranked(graph: Graph, rows: readonly Row[]): Row[] {
  const rank = new Map(rows.map((row) => {
    const kinds = new Set(row.values.map(({ id }) => graph.page.kinds[graph.values.kind[id]]));
    return [row, (kinds.has("target") && kinds.size > 1 ? 1e6 : 0) + new Set(row.values.map(({ span: { from, to } }) => `${from} ${to}`)).size * 1e3 + (kinds.has("target") ? 500 : 0) + Math.min(row.values.length, 400)];
  }));
  return [...rows].sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0) || a.values[0].id - b.values[0].id);
}

export function lanesOf(graph: Graph, filters: Filters): Lanes {
  const { values, periods, entities } = graph, stretch = periods.map(span), spans: Span[] = [];
  const bySubject = new Map<number, Map<string, Dated[]>>();
  const seen = new Map<string, Dated>();
  let undated = 0;
  for (const id of valuesLeft(graph, filters)) {
    const when = stretch[values.period[id]];
    if (!when) { undated++; continue; }
    spans.push(when);
    const subject = subjectOf(graph, id), rows = bySubject.get(subject) ?? new Map<string, Dated[]>(), key = `${values.indicator[id]} ${values.unit[id]}`;
    bySubject.set(subject, rows);
    const same = sameness(graph, id), before = seen.get(same);
    if (before) { before.times++; continue; }
    const row = rows.get(key), one = { id, span: when, times: 1 };
    seen.set(same, one);
    if (row) row.push(one); else rows.set(key, [one]);
  }
  const lanes = [...bySubject].map(([subject, rows]) => ({ subject, count: [...rows.values()].reduce((sum, row) => sum + row.reduce((n, one) => n + one.times, 0), 0),
    rows: ranked(graph, [...rows.values()].map((some) => ({ indicator: values.indicator[some[0].id], unit: values.unit[some[0].id], values: some.sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to || a.id - b.id) }))) }));
  lanes.sort((a, b) => Number(b.subject >= 0) - Number(a.subject >= 0) || b.count - a.count || (entities.weight[b.subject] ?? 0) - (entities.weight[a.subject] ?? 0) || a.subject - b.subject);
  return { lanes, spans, undated, dated: spans.length, newest: newestOf(graph) };
}
