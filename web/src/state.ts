// One immutable state of the page, and its two-way translation into the part of the address after #.
//
// What a reader would want back stands in the address: the view, what is selected, filters, open groups, the path, the language, the
// camera. Entities stand there by their IRI and groups by name, so that an address outlives a new edition of the graph.
import type { Graph } from "./data";
import type { Theme } from "./theme";
import type { Language } from "./words";

export type View = "graph" | "timeline" | "matrix";
export type By = "all" | "community" | "place" | "type";
export const VIEWS: readonly View[] = ["graph", "timeline", "matrix"];
export const BYS: readonly By[] = ["community", "place", "type", "all"];

/** `between` is an edge that stands for all edges between its two ends, `paper` a document. */
export interface Selected { readonly kind: "entity" | "edge" | "group" | "value" | "between" | "paper"; readonly id: number }

export interface Filters {
  /** What is left out, by index in the page's tables. */
  readonly types: readonly number[];
  readonly predicates: readonly number[];
  readonly modalities: readonly number[];
  readonly document: number | null;
  readonly since: number | null;
  readonly until: number | null;
  /** Percent. */
  readonly confidence: number;
}

export interface Camera { readonly x: number; readonly y: number; readonly ratio: number }

export interface State {
  readonly view: View;
  readonly by: By;
  readonly open: readonly number[];
  /** Entities around which one step more is shown. */
  readonly near: readonly number[];
  readonly selected: Selected | null;
  /** Where a path is to start, while its end is being chosen. */
  readonly start: number | null;
  readonly path: readonly [number, number] | null;
  readonly filters: Filters;
  readonly language: Language;
  readonly theme: Theme;
  readonly camera: Camera | null;
  /** The two types that the matrix sets against each other. */
  readonly pair?: string;
}

export const NO_FILTERS: Filters = { types: [], predicates: [], modalities: [], document: null, since: null, until: null, confidence: 0 };

export function filtered(f: Filters): boolean {
  return f.types.length + f.predicates.length + f.modalities.length > 0 || f.document !== null || f.since !== null || f.until !== null || f.confidence > 0;
}

/** Names of groups under each way of grouping, in their order. */
export interface GroupNames { key(by: By, group: number): string; find(by: By, key: string): number }

/** Language and theme that an address asks for: what is needed before the graph is read. */
export function appearance(hash: string): { readonly language: Language; readonly theme: Theme } {
  const asked = new URLSearchParams(hash.slice(1)), language = asked.get("lang"), theme = asked.get("theme");
  const own = navigator.language.toLowerCase().startsWith("zh") ? 0 : 1;
  return { language: language === "zh" ? 0 : language === "en" ? 1 : own, theme: theme === "light" || theme === "dark" ? theme : "auto" };
}

const quote = (text: string): string => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%3A/g, ":");
const list = (parts: readonly string[]): string => parts.map((part) => quote(part).replace(/~/g, "%7E")).join("~");

export class Store {
  private listeners: ((state: State, before: State, restored: boolean) => void)[] = [];
  private writing = 0;
  constructor(public state: State, private readonly graph: Graph, private readonly groups: GroupNames, private readonly start: State) {
    addEventListener("popstate", () => this.apply(this.parse(location.hash), "none"));
    addEventListener("hashchange", () => { if (location.hash !== this.hash()) this.apply(this.parse(location.hash), "none"); });
  }

  listen(listener: (state: State, before: State, restored: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** Changes the state; `push` makes a new step in the history, `replace` does not. */
  set(change: Partial<State>, history: "push" | "replace" = "push"): void {
    this.apply({ ...this.state, ...change }, history);
  }

  filter(change: Partial<Filters>): void {
    this.set({ filters: { ...this.state.filters, ...change } });
  }

  private apply(state: State, how: "push" | "replace" | "none"): void {
    const before = this.state;
    this.state = state;
    clearTimeout(this.writing);
    if (how === "push" && this.hash() !== location.hash) this.note("pushState");
    if (how === "replace") this.rewrite();
    for (const listener of this.listeners) listener(state, before, how === "none");
  }

  /** Keeps where the camera stands, without telling anyone. */
  still(camera: Camera): void {
    const usual = Math.abs(camera.x - 0.5) + Math.abs(camera.y - 0.5) + Math.abs(camera.ratio - 1) < 1e-3;
    this.state = { ...this.state, camera: usual ? null : camera };
    this.rewrite();
  }

  private rewrite(): void {
    clearTimeout(this.writing);
    this.writing = window.setTimeout(() => this.note("replaceState"), 250);
  }

  /** Writes the address. A frame without an address of its own, as a notebook makes it, has nothing to write to. */
  private note(how: "pushState" | "replaceState"): void {
    if (location.protocol !== "about:") history[how](null, "", this.hash() || location.pathname + location.search);
  }

  hash(): string {
    const { state, start, graph } = this;
    const parts: string[] = [];
    const put = (key: string, value: string | number | null, usual: string | number | null = null): void => { if (value !== usual && value !== null && value !== "") parts.push(`${key}=${value}`); };
    const name = (id: number): string => quote(graph.entities.iri[id]);
    put("view", state.view, "graph");
    put("pair", quote(state.pair ?? ""));
    put("by", state.by, start.by);
    put("open", list(state.open.map((group) => this.groups.key(state.by, group))));
    put("near", list(state.near.map((id) => graph.entities.iri[id])));
    if (state.selected) {
      const { kind, id } = state.selected, { from, to, predicate } = graph.edges;
      put(kind, kind === "entity" ? name(id) : kind === "group" ? quote(this.groups.key(state.by, id))
        : kind === "value" ? list([...this.valueKey(id)]) : kind === "paper" ? quote(graph.documents.iri[id])
        : list([graph.entities.iri[from[id]], graph.page.predicates[predicate[id]], graph.entities.iri[to[id]]]));
    }
    put("start", state.start === null ? null : name(state.start));
    put("path", state.path && list(state.path.map((id) => graph.entities.iri[id])));
    const f = state.filters, { types, predicates, modalities } = graph.page;
    put("without", list([...f.types.map((n) => types[n]), ...f.predicates.map((n) => predicates[n]), ...f.modalities.map((n) => modalities[n])]));
    put("document", f.document === null ? null : quote(graph.documents.iri[f.document]));
    put("since", f.since);
    put("until", f.until);
    put("confidence", f.confidence, 0);
    put("lang", state.language === 0 ? "zh" : "en", start.language === 0 ? "zh" : "en");
    put("theme", state.theme, "auto");
    if (state.camera) put("at", [state.camera.x, state.camera.y, state.camera.ratio].map((n) => Number(n.toFixed(4))).join(","));
    return parts.length ? `#${parts.join("&")}` : "";
  }

  parse(hash: string): State {
    const { start, graph } = this, { types, predicates, modalities } = graph.page;
    const parts = new Map(hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), part.slice(at + 1)] as const;
    }));
    const unquote = (text: string): string => { try { return decodeURIComponent(text); } catch { return text; } };
    const one = (key: string): string | null => (parts.has(key) ? unquote(parts.get(key) ?? "") : null);
    const many = (key: string): string[] => (parts.get(key) ?? "").split("~").filter(Boolean).map(unquote);
    const entity = (iri: string | null): number => (iri === null ? -1 : graph.entities.iri.indexOf(iri));
    const known = (ids: number[]): number[] => ids.filter((id) => id >= 0);
    const among = <T extends string>(value: string | null, all: readonly T[], usual: T): T => (all.includes(value as T) ? (value as T) : usual);
    const number = (key: string): number | null => (parts.has(key) && Number.isFinite(Number(one(key))) ? Number(one(key)) : null);
    const by = among(one("by"), BYS, start.by);
    const without = many("without");
    const indexes = (all: readonly string[]): number[] => known(without.map((word) => all.indexOf(word)));
    const path = known(many("path").map(entity));
    const at = (one("at") ?? "").split(",").map(Number);
    const paper = one("document");
    const begin = entity(one("start"));
    return {
      view: among(one("view"), VIEWS, "graph"), by, open: known(many("open").map((key) => this.groups.find(by, key))), near: known(many("near").map(entity)),
      selected: this.parseSelected(one("entity"), many("edge"), one("group"), by) ?? this.parseCited(many("between"), many("value"), one("paper")), ...(parts.has("pair") ? { pair: one("pair") ?? "" } : {}), start: begin >= 0 ? begin : null,
      path: path.length === 2 ? [path[0], path[1]] : null,
      filters: { types: indexes(types), predicates: indexes(predicates), modalities: indexes(modalities),
        document: paper !== null && graph.documents.iri.includes(paper) ? graph.documents.iri.indexOf(paper) : null,
        since: number("since"), until: number("until"), confidence: number("confidence") ?? 0 },
      ...appearance(hash),
      camera: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], ratio: at[2] } : null,
    };
  }

  private parseSelected(entity: string | null, edge: readonly string[], group: string | null, by: By): Selected | null {
    const { entities, edges, page } = this.graph;
    if (entity !== null) {
      const id = entities.iri.indexOf(entity);
      return id >= 0 ? { kind: "entity", id } : null;
    }
    if (edge.length === 3) {
      const from = entities.iri.indexOf(edge[0]), to = entities.iri.indexOf(edge[2]), predicate = page.predicates.indexOf(edge[1]);
      for (let id = 0; id < edges.size; id++) if (edges.from[id] === from && edges.to[id] === to && edges.predicate[id] === predicate) return { kind: "edge", id };
    }
    const id = group === null ? -1 : this.groups.find(by, group);
    return id >= 0 ? { kind: "group", id } : null;
  }

  /** What a value is known by in an address: its subject, indicator, number, period, document, kind and modality. */
  private valueKey(id: number): string[] {
    const { values, entities, indicators, periods, documents, page } = this.graph, subject = values.about[id] >= 0 ? values.about[id] : values.scope[id];
    return [entities.iri[subject] ?? "-", indicators[values.indicator[id]] ?? "-", values.number[id] || "-", periods[values.period[id]] || "-", documents.iri[values.document[id]] ?? "-",
      page.kinds[values.kind[id]], page.modalities[values.modality[id]]];
  }

  private parseCited(between: readonly string[], value: readonly string[], paper: string | null): Selected | null {
    const { graph } = this;
    const edge = this.parseSelected(null, between, null, "all");
    if (edge) return { kind: "between", id: edge.id };
    const document = paper === null ? -1 : graph.documents.iri.indexOf(paper);
    if (document >= 0) return { kind: "paper", id: document };
    for (let id = 0; value.length === 7 && id < graph.values.size; id++) if (this.valueKey(id).every((part, n) => part === value[n])) return { kind: "value", id };
    return null;
  }
}
