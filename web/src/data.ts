// The file that `kg render` writes, decoded: typed columns, the edges around each entity, the claims of each edge.

export type Both = readonly [string, string];

export interface Page {
  readonly version: number;
  readonly title: Both;
  readonly strings: Readonly<Record<string, Both>>;
  readonly labels: Readonly<Record<string, Both>>;
  readonly types: readonly string[];
  readonly subtypes: readonly string[];
  readonly predicates: readonly string[];
  readonly modalities: readonly string[];
  readonly kinds: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** Entities of each type, claims of each modality. */
  readonly legend: { readonly types: readonly number[]; readonly modalities: readonly number[] };
  readonly kept: number;
  readonly block: number;
  readonly focus: number | null;
  readonly document: number | null;
  readonly server: string;
  readonly base: string;
  readonly small: number;
}

export interface Entities {
  readonly size: number;
  readonly iri: readonly string[];
  readonly name: readonly string[];
  readonly type: Uint8Array;
  readonly subtype: Int16Array;
  readonly pinyin: readonly string[];
  readonly weight: Uint32Array;
  readonly documents: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly group: Int32Array;
  readonly place: Int32Array;
  readonly alias: Readonly<Record<string, readonly string[]>>;
  readonly hidden: Readonly<Record<string, readonly string[]>>;
}

export interface Groups { readonly size: number; readonly entity: Int32Array; readonly members: Uint32Array; readonly x: Float64Array; readonly y: Float64Array; readonly radius: Float64Array; /** The group of those that hang together with no larger one, or -1. */ readonly rest: number }
export interface Places { readonly name: readonly string[]; readonly entity: Int32Array }
export interface Edges { readonly size: number; readonly from: Uint32Array; readonly to: Uint32Array; readonly predicate: Uint8Array; readonly how: Uint8Array; readonly claims: Uint32Array }
export interface Claims { readonly size: number; readonly edge: Uint32Array; readonly modality: Uint8Array; readonly document: Int32Array; readonly sentence: Int32Array; readonly confidence: Uint8Array }
export interface Values {
  readonly size: number;
  readonly about: Int32Array;
  readonly scope: Int32Array;
  readonly indicator: Uint32Array;
  readonly kind: Uint8Array;
  readonly operator: readonly string[];
  readonly number: readonly string[];
  readonly upper: readonly string[];
  readonly unit: Int32Array;
  readonly period: Int32Array;
  readonly written: readonly string[];
  readonly modality: Uint8Array;
  readonly document: Int32Array;
  readonly sentence: Int32Array;
}
export interface Documents { readonly size: number; readonly iri: readonly string[]; readonly title: readonly string[]; readonly issued: readonly string[]; readonly publisher: readonly string[]; readonly year: Int32Array; readonly place: readonly string[] }

/** Rows numbered by what they belong to: those of `n` are `rows[start[n]] … rows[start[n + 1] - 1]`. */
export interface Rows { readonly start: Uint32Array; readonly rows: Uint32Array }

export interface Graph {
  readonly page: Page;
  readonly entities: Entities;
  readonly groups: Groups;
  readonly places: Places;
  readonly edges: Edges;
  readonly claims: Claims;
  readonly values: Values;
  readonly documents: Documents;
  readonly indicators: readonly string[];
  readonly units: readonly string[];
  readonly periods: readonly string[];
  /** Edges that touch an entity, in and out. */
  readonly around: Rows;
  /** First claim of each edge; claims stand in the order of edges. */
  readonly claimsFrom: Uint32Array;
  /** Values about an entity, or over it as scope where nothing narrower is known. */
  readonly valuesOf: Rows;
}

export interface Sentence { readonly text: string; readonly marks: readonly { start: number; end: number; entity: number }[] }

type Table<Numbers extends string, Words extends string> = { readonly [key in Numbers]: number[] } & { readonly [key in Words]: string[] };
type Names = Record<string, string[]>;

interface Raw {
  readonly entity: Table<"type" | "subtype" | "weight" | "documents" | "x" | "y" | "group" | "place", "iri" | "name" | "pinyin"> & { alias?: Names; hidden?: Names };
  readonly group: Table<"entity" | "size" | "x" | "y" | "radius", never> & { readonly rest?: number };
  readonly places: Partial<Table<"entity", "name">>;
  readonly edge: Table<"from" | "to" | "predicate" | "how" | "claims", never>;
  readonly claim: Table<"edge" | "modality" | "document" | "sentence" | "confidence", never>;
  readonly value: Table<"about" | "scope" | "indicator" | "kind" | "unit" | "period" | "modality" | "document" | "sentence", "operator" | "number" | "upper" | "written">;
  readonly document: Table<"year", "iri" | "title" | "issued" | "publisher" | "place">;
  readonly indicators: string[];
  readonly units: string[];
  readonly periods: string[];
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = base64.trim();
  const modern = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (modern.fromBase64) return modern.fromBase64(text);
  const step = 4 * 65536;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4) - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0));
  let at = 0;
  for (let start = 0; start < text.length; start += step) {
    const piece = atob(text.slice(start, start + step));
    for (let i = 0; i < piece.length; i++) bytes[at++] = piece.charCodeAt(i);
  }
  return bytes;
}

async function inflate(id: string): Promise<unknown> {
  const place = document.getElementById(id);
  if (!place) throw new Error(`no ${id}`);
  const opened = new DecompressionStream("deflate"), writer = opened.writable.getWriter(), reader = opened.readable.getReader(), decoder = new TextDecoder();
  const written = writer.write(bytesOf(place.textContent ?? "")).then(() => writer.close());
  // Read by hand: `Response` would answer in a later task, and a frame without the picture would be drawn before.
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value, { stream: true });
  await written;
  return JSON.parse(text + decoder.decode());
}

function running(deltas: ArrayLike<number>): Uint32Array {
  const sums = new Uint32Array(deltas.length);
  let sum = 0;
  for (let i = 0; i < deltas.length; i++) sums[i] = sum += deltas[i];
  return sums;
}

function rowsBy(size: number, ...columns: ArrayLike<number>[]): Rows {
  const start = new Uint32Array(size + 1);
  for (const column of columns) for (let i = 0; i < column.length; i++) if (column[i] >= 0) start[column[i] + 1]++;
  for (let n = 0; n < size; n++) start[n + 1] += start[n];
  const next = start.slice(0, size);
  const rows = new Uint32Array(start[size]);
  const length = columns[0]?.length ?? 0;
  for (let i = 0; i < length; i++) for (const column of columns) if (column[i] >= 0) rows[next[column[i]]++] = i;
  return { start, rows };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** The small plain part of the file. */
export const pageOf = (): Page => JSON.parse(document.getElementById("page")?.textContent ?? "{}") as Page;

/** The rest of it, decoded. */
export async function read(page: Page): Promise<Graph> {
  const raw = (await inflate("graph")) as Raw;
  const e = raw.entity, g = raw.group, l = raw.edge, c = raw.claim, v = raw.value, d = raw.document;
  const count = e.name.length;
  const entities: Entities = {
    size: count, iri: e.iri, name: e.name, type: Uint8Array.from(e.type), subtype: Int16Array.from(e.subtype), pinyin: e.pinyin,
    weight: Uint32Array.from(e.weight), documents: Uint32Array.from(e.documents), x: Float64Array.from(e.x), y: Float64Array.from(e.y),
    group: Int32Array.from(e.group), place: Int32Array.from(e.place), alias: e.alias ?? {}, hidden: e.hidden ?? {},
  };
  const edges: Edges = {
    size: l.to.length, from: running(l.from), to: Uint32Array.from(l.to), predicate: Uint8Array.from(l.predicate),
    how: Uint8Array.from(l.how), claims: Uint32Array.from(l.claims),
  };
  const claims: Claims = {
    size: c.modality.length, edge: running(c.edge), modality: Uint8Array.from(c.modality), document: Int32Array.from(c.document),
    sentence: Int32Array.from(c.sentence), confidence: Uint8Array.from(c.confidence),
  };
  const values: Values = {
    size: v.number.length, about: Int32Array.from(v.about), scope: Int32Array.from(v.scope), indicator: Uint32Array.from(v.indicator),
    kind: Uint8Array.from(v.kind), operator: v.operator, number: v.number, upper: v.upper, unit: Int32Array.from(v.unit),
    period: Int32Array.from(v.period), written: v.written, modality: Uint8Array.from(v.modality), document: Int32Array.from(v.document),
    sentence: Int32Array.from(v.sentence),
  };
  const claimsFrom = new Uint32Array(edges.size + 1);
  for (let i = 0; i < claims.size; i++) claimsFrom[claims.edge[i] + 1]++;
  for (let i = 0; i < edges.size; i++) claimsFrom[i + 1] += claimsFrom[i];
  const around = once(() => rowsBy(count, edges.from, edges.to)), valuesOf = once(() => rowsBy(count, values.about.map((about, i) => (about >= 0 ? about : values.scope[i]))));
  return {
    page, entities, edges, claims, values,
    groups: { size: g.size.length, rest: g.rest ?? -1, entity: Int32Array.from(g.entity), members: Uint32Array.from(g.size), x: Float64Array.from(g.x),
      y: Float64Array.from(g.y), radius: Float64Array.from(g.radius) },
    places: { name: raw.places.name ?? [], entity: Int32Array.from(raw.places.entity ?? []) },
    documents: { size: d.title.length, iri: d.iri, title: d.title, issued: d.issued, publisher: d.publisher, year: Int32Array.from(d.year), place: d.place },
    indicators: raw.indicators, units: raw.units, periods: raw.periods,
    // Asked for when something is selected: not before the first picture.
    get around() { return around(); }, claimsFrom, get valuesOf() { return valuesOf(); },
  };
}

const blocks = new Map<number, Promise<unknown>>();

/** The sentence of a number, or null where it was left out to keep the file small. */
export async function sentence(page: Page, number: number): Promise<Sentence | null> {
  if (number < 0 || number >= page.kept) return null;
  const block = Math.floor(number / page.block);
  if (!blocks.has(block)) blocks.set(block, inflate(`sentences-${block}`));
  const row = ((await blocks.get(block)) as (string | number)[][])[number - block * page.block];
  if (!row) return null;
  const marks = [];
  for (let i = 1; i + 2 < row.length; i += 3) marks.push({ start: row[i] as number, end: row[i + 1] as number, entity: row[i + 2] as number });
  return { text: row[0] as string, marks };
}

/** The other end of an edge. */
export function across(edges: Edges, edge: number, entity: number): number {
  return edges.from[edge] === entity ? edges.to[edge] : edges.from[edge];
}

/** The edges around an entity. */
export function* edgesOf(graph: Graph, entity: number): Generator<number> {
  const { start, rows } = graph.around;
  for (let i = start[entity]; i < start[entity + 1]; i++) yield rows[i];
}
