// The page: reads the file, puts the parts together, and says when the first frame stands.
import "./page.css";
import { Canvas, type Lit } from "./canvas";
import { across, edgesOf, type Graph, type Page, pageOf, read } from "./data";
import { button, el } from "./dom";
import { Filters } from "./filters";
import { Finder } from "./find";
import { Groupings } from "./groups";
import type { Host } from "./host";
import { keyboard } from "./keyboard";
import { matrix } from "./matrix";
import { typeOf } from "./names";
import { Panel } from "./panel";
import { present } from "./paths";
import { entityKey, groupKey, scene } from "./scene";
import { sieve, type Sieved } from "./sieve";
import { appearance, BYS, type By, NO_FILTERS, type State, Store, VIEWS } from "./state";
import { takeaway } from "./takeaway";
import { isDark, wear } from "./theme";
import { timeline } from "./timeline";
import { count, know, speak, spoken, t, term } from "./words";

/** The largest group that a mere selection opens. */
const OPENS = 1500;
/** Graphs of more entities take their time to be read, or to be shown at once; the page says so. */
const LARGE = 20000;

function firstState(graph: Graph): State {
  const { page, entities } = graph;
  return { view: "graph", by: entities.size > page.small ? "community" : "all", open: [], near: [], selected: page.focus === null ? null : { kind: "entity", id: page.focus },
    start: null, path: null, filters: NO_FILTERS, ...appearance(""), camera: null };
}

class Application implements Host {
  graph!: Graph;
  groupings!: Groupings;
  store!: Store;
  readonly canvas: Canvas | null;
  private readonly panel: Panel;
  private readonly finder: Finder;
  private readonly filters: Filters;
  private readonly title = el("h1");
  private readonly counts = el("p", { id: "counts" });
  private readonly tabs = el("div", { id: "tabs", role: "tablist" });
  private readonly ways = el("div", { id: "ways", role: "group" });
  private readonly tools = el("div", { id: "tools" });
  private readonly zoom = el("div", { id: "zoom" });
  private readonly note = el("p", { id: "note" });
  private readonly live = el("div", { id: "live", class: "sr", "aria-live": "polite", role: "status" });
  private readonly other = el("div", { id: "other", hidden: true });
  private readonly picture = el("div", { id: "canvas", tabindex: 0, role: "application" });
  private readonly stage: HTMLElement;
  private passed!: { readonly key: State["filters"]; readonly sieved: Sieved };
  private hovered: string | null = null;

  /** What surrounds the picture stands first, so that the picture is of its size at once and its programs compile while the file is read. */
  constructor(readonly page: Page) {
    const { language, theme } = appearance(location.hash);
    know(page);
    speak(language);
    wear(theme, page.types);
    this.panel = new Panel(this);
    this.finder = new Finder(this);
    this.filters = new Filters(this);
    this.filters.write(NO_FILTERS, page.legend);
    this.stage = el("div", { id: "stage" }, this.picture, el("div", { id: "over" }, this.ways, this.filters.opener), this.zoom, this.filters.drawer, this.note, this.other);
    document.body.append(el("header", {}, this.title, this.counts, this.tabs, this.finder.root, this.tools),
      el("div", { id: "room" }, el("main", { id: "left" }, this.stage, this.filters.legend), this.panel.root), this.live);
    this.words();
    this.canvas = draw(this.picture);
  }

  start(graph: Graph): void {
    const start = firstState(graph);
    this.graph = graph;
    this.groupings = new Groupings(graph);
    this.store = new Store(start, graph, this.groupings, start);
    if (location.hash) this.store.state = this.store.parse(location.hash);
    this.passed = { key: this.store.state.filters, sieved: sieve(graph, this.store.state.filters) };
    this.touch();
    this.render(true);
    this.store.listen((state, before, restored) => this.change(state, before, restored));
    this.listen();
    // The panel is filled when the picture stands.
    requestAnimationFrame(() => requestAnimationFrame(() => this.panel.render()));
  }

  sieved(): Sieved {
    const { filters } = this.store.state;
    if (this.passed.key !== filters) this.passed = { key: filters, sieved: sieve(this.graph, filters) };
    return this.passed.sieved;
  }

  choose(entity: number, read = false): void {
    const { state } = this.store, group = this.groupings.get(state.by).of[entity];
    const members = this.groupings.get(state.by).members[group]?.length ?? 0;
    const opens = state.by !== "all" && group >= 0 && !state.open.includes(group) && members > 1 && members <= OPENS;
    this.store.set({ selected: { kind: "entity", id: entity }, ...(opens ? { open: [...state.open, group] } : {}), view: "graph" });
    if (!this.canvas) return;
    const key = entityKey(entity), near = [...this.canvas.around(key).nodes].filter((one) => one.startsWith("e")).slice(0, 14);
    this.canvas.bring(opens ? [groupKey(group), key] : near);
    if (read) this.panel.root.focus({ preventScroll: true });
  }

  chooseEdge(edge: number): void {
    this.store.set({ selected: { kind: "edge", id: edge } });
  }

  chooseGroup(group: number): void {
    this.store.set({ selected: { kind: "group", id: group } });
  }

  say(text: string): void {
    this.live.textContent = text;
  }

  /** Says that the file is being read, and lets that be seen. */
  wait(): Promise<void> {
    this.note.textContent = t("loading");
    return new Promise((seen) => setTimeout(seen, 60));
  }

  /** What a touch of the picture does. */
  private touch(): void {
    const { graph, store, groupings, canvas } = this;
    if (!canvas) { this.picture.append(el("p", { class: "state" }, t("noWebgl"))); return; }
    canvas.dye();
    canvas.listen(({ entity, group }) => (entity < 0 ? groupings.name(store.state.by, group) : graph.entities.name[entity]), graph.entities.type, {
      node: ({ entity, group, opened }) => {
        if (entity >= 0) { store.set({ selected: { kind: "entity", id: entity } }); return; }
        const { open, selected } = store.state, here = selected?.kind === "group" && selected.id === group;
        if (!opened) {
          store.set({ open: [...open, group], selected: { kind: "group", id: group } });
          canvas.bring([groupKey(group)]);
        } else if (here) store.set({ open: open.filter((one) => one !== group), selected: null });
        else store.set({ selected: { kind: "group", id: group } });
      },
      edge: ({ edge, from, to }) => {
        if (edge >= 0) { this.chooseEdge(edge); return; }
        const disc = [from, to].find((key) => key.startsWith("g"));
        if (disc) this.chooseGroup(Number(disc.slice(1)));
      },
      ground: () => { if (store.state.selected) store.set({ selected: null }); },
      hover: (key) => { this.hovered = key; this.light(); },
      moved: (camera) => store.still(camera),
    });
  }

  private change(state: State, before: State, restored: boolean): void {
    const { canvas } = this;
    if (state.language !== before.language) { speak(state.language); this.words(); }
    if (state.theme !== before.theme) { wear(state.theme, this.page.types); canvas?.dye(); this.words(); }
    this.panel.render(state.language !== before.language || state.theme !== before.theme);
    this.render(state.by !== before.by || state.open !== before.open || state.near !== before.near || state.filters !== before.filters || state.path !== before.path);
    if (canvas && restored && state.camera !== before.camera) { if (state.camera) canvas.move(state.camera); else canvas.fit(); }
    else if (canvas && state.by !== before.by) canvas.fit(false);
    else if (canvas && state.path && state.path !== before.path && !restored) canvas.bring(present(this).flatMap((path) => path.entities.map(entityKey)));
    else if (canvas && state.near.length > before.near.length && !restored) canvas.bring([...canvas.around(entityKey(state.near[state.near.length - 1])).nodes].filter((key) => key.startsWith("e")));
    if (state.selected !== before.selected) this.tell();
  }

  private render(rebuilt: boolean): void {
    const { state } = this.store;
    for (const tab of this.tabs.querySelectorAll<HTMLElement>("[role=tab]")) {
      const on = tab.dataset.view === state.view;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
    for (const way of this.ways.querySelectorAll<HTMLElement>("button")) way.setAttribute("aria-pressed", String(way.dataset.by === state.by));
    this.other.hidden = state.view === "graph";
    if (state.view !== "graph") {
      const shown = state.view === "timeline" ? timeline(this.graph, state, this) : matrix(this.graph, state, this);
      if (this.other.firstElementChild !== shown) this.other.replaceChildren(shown);
    }
    this.stage.classList.toggle("apart", state.view !== "graph");
    this.filters.render();
    if (rebuilt || this.missing()) this.redraw();
    this.light();
  }

  /** Whether what is to be seen is not yet in the picture. */
  private missing(): boolean {
    const { selected, start } = this.store.state, { canvas, graph } = this;
    if (!canvas) return false;
    const wanted = selected?.kind === "entity" ? [selected.id] : selected?.kind === "edge" ? [graph.edges.from[selected.id], graph.edges.to[selected.id]] : [];
    if (start !== null) wanted.push(start);
    return wanted.some((id) => !canvas.has(entityKey(id)));
  }

  private redraw(): void {
    const { state } = this.store;
    const found = scene(this.graph, this.groupings.get(state.by), this.sieved(), state, present(this).flatMap((path) => path.entities));
    this.hovered = null;
    this.canvas?.show(found);
    const { groups, members } = found.left;
    const { focus, document: paper } = this.graph.page;
    const said = [focus === null ? "" : t("noteFocus", { focus: this.graph.entities.name[focus].slice(0, 60) }), paper === null ? "" : t("noteDocument", { document: (this.graph.documents.title[paper] ?? "").slice(0, 60) }), groups ? t("leftGroups", { n: count(groups) }) : "", members ? t("leftMembers", { n: count(members) }) : "", found.nodes.length ? "" : t("emptyFilter")];
    this.note.textContent = said.filter(Boolean).join(" ");
  }

  /** What stands out: the path, else what is selected, else what lies under the pointer. */
  private light(): void {
    const { canvas, graph } = this, { state } = this.store, { selected, path, start } = state;
    if (!canvas) return;
    const nodes = new Set<string>(), edges = new Set<string>(), chosen = new Set<string>();
    let fade = true;
    if (selected?.kind === "entity") {
      const around = canvas.around(entityKey(selected.id));
      around.nodes.forEach((key) => nodes.add(key));
      around.edges.forEach((key) => edges.add(key));
      chosen.add(entityKey(selected.id));
    } else if (selected?.kind === "edge") {
      nodes.add(entityKey(graph.edges.from[selected.id])).add(entityKey(graph.edges.to[selected.id]));
      chosen.add(`l${selected.id}`);
    } else if (path && present(this).length) {
      for (const way of present(this)) { way.entities.forEach((id) => nodes.add(entityKey(id))); way.edges.forEach((id) => chosen.add(`l${id}`)); }
      path.forEach((id) => chosen.add(entityKey(id)));
    } else if (this.hovered) {
      const around = canvas.around(this.hovered);
      around.nodes.forEach((key) => nodes.add(key));
      around.edges.forEach((key) => edges.add(key));
    } else fade = false;
    if (selected?.kind === "group") { chosen.add(groupKey(selected.id)); if (!this.hovered) fade = false; }
    if (start !== null) chosen.add(entityKey(start));
    if (this.hovered) nodes.add(this.hovered);
    canvas.light(nodes.size + chosen.size ? { nodes, edges, chosen, fade } satisfies Lit : null);
  }

  private tell(): void {
    const { graph } = this, { selected, by } = this.store.state;
    if (!selected) this.say(t("unselected"));
    else if (selected.kind === "entity") {
      const around = [...edgesOf(graph, selected.id)].filter((edge) => this.sieved().edges[edge] && across(graph.edges, edge, selected.id) >= 0);
      this.say(t("selected", { name: graph.entities.name[selected.id].slice(0, 120), type: typeOf(graph, selected.id), n: around.length }));
    } else if (selected.kind === "edge") {
      const { from, to, predicate } = graph.edges;
      this.say([graph.entities.name[from[selected.id]], term(graph.page.predicates[predicate[selected.id]]), graph.entities.name[to[selected.id]]].map((word) => word.slice(0, 120)).join(" "));
    } else if (selected.kind === "group") this.say(`${this.groupings.name(by, selected.id).slice(0, 120)}, ${count(this.groupings.get(by).members[selected.id]?.length ?? 0)} ${t("entities")}`);
  }

  private words(): void {
    const { page } = this, { entities, relations, documents } = page.counts;
    this.title.textContent = page.title[spoken()];
    document.title = page.title[spoken()];
    this.counts.textContent = `${count(entities)} ${t("entities")} · ${count(relations)} ${t("relations")} · ${count(documents)} ${t("documents")}`;
    this.picture.setAttribute("aria-label", t("picture"));
    this.tabs.setAttribute("aria-label", t("views"));
    this.tabs.replaceChildren(...VIEWS.map((view) => button(t(`view-${view}`), () => this.store.set({ view }), { role: "tab", "data-view": view, "aria-controls": "stage" })));
    this.ways.setAttribute("aria-label", t("grouped"));
    this.ways.replaceChildren(...BYS.map((by) => button(t(`by-${by}`), () => this.regroup(by), { "data-by": by })));
    const menu = el("div", { class: "menu" }, ...takeaway(this).map(({ key, take }) => button(t(key), () => { void take(); taken.open = false; })));
    const taken = el("details", { id: "takeaway" }, el("summary", {}, t("takeaway")), menu);
    this.tools.replaceChildren(taken,
      button(isDark() ? t("themeLight") : t("themeDark"), () => this.store.set({ theme: isDark() ? "light" : "dark" }, "replace"), { id: "theme" }),
      button(t("language"), () => this.store.set({ language: this.store.state.language === 0 ? 1 : 0 }), { id: "language", lang: spoken() === 0 ? "en" : "zh" }));
    const zooms: readonly (readonly [string, string, () => void])[] = [["+", "zoomIn", () => this.canvas?.zoom(1.5)], ["−", "zoomOut", () => this.canvas?.zoom(1 / 1.5)], ["⤢", "fit", () => this.canvas?.fit()]];
    this.zoom.replaceChildren(...zooms.map(([sign, key, act]) => button(sign, act, { "aria-label": t(key), title: t(key) })));
    this.finder.words();
  }

  private regroup(by: By): void {
    const { entities } = this.graph;
    const go = (): void => this.store.set({ by, open: [], selected: this.store.state.selected?.kind === "group" ? null : this.store.state.selected, camera: null });
    if (by !== "all" || entities.size < LARGE) { go(); return; }
    this.note.textContent = t("many", { n: count(entities.size) });
    this.say(this.note.textContent);
    setTimeout(go, 60);
  }

  private listen(): void {
    const { canvas, store } = this;
    if (canvas) keyboard(this, canvas, this.picture, () => this.finder.focus(), () => this.panel.root.focus());
    if (canvas && store.state.camera) canvas.move(store.state.camera, false);
    else if (canvas && store.state.selected?.kind === "entity" && this.graph.page.focus === null) canvas.bring([entityKey(store.state.selected.id), ...canvas.around(entityKey(store.state.selected.id)).nodes], false);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { wear(store.state.theme, this.page.types); canvas?.dye(); this.words(); this.panel.render(true); });
    this.tabs.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!step) return;
      store.set({ view: VIEWS[(VIEWS.indexOf(store.state.view) + step + VIEWS.length) % VIEWS.length] });
      this.tabs.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
    });
    addEventListener("beforeprint", () => {
      if (!canvas) return;
      const image = el("img", { id: "printed", alt: "", src: canvas.snapshot().toDataURL() });
      this.stage.append(image);
    });
    addEventListener("afterprint", () => document.getElementById("printed")?.remove());
    const { entities } = this.graph, find = (name: string): number => entities.name.indexOf(name);
    Object.assign(window, { shanshui: {
      select: (name: string) => { const id = find(name); if (id >= 0) this.choose(id); return id >= 0; },
      state: () => store.state,
      positionOf: (name: string) => canvas?.positionOf(entityKey(find(name))) ?? null,
      positionOfGroup: (group: number) => canvas?.positionOf(groupKey(group)) ?? null,
      shown: () => ({ nodes: canvas?.scene.nodes.length ?? 0, edges: canvas?.scene.edges.length ?? 0 }),
    } });
  }
}

/** The picture, or null where the browser has no WebGL. */
function draw(picture: HTMLElement): Canvas | null {
  try {
    return new Canvas(picture);
  } catch (error) {
    console.warn(error);
    return null;
  }
}

async function open(): Promise<void> {
  try {
    const page = pageOf(), shown = new Application(page);
    if (page.counts.entities > LARGE) await shown.wait();
    shown.start(await read(page));
    performance.mark("ready");
    document.documentElement.dataset.ready = "true";
  } catch (error) {
    console.error(error);
    document.body.replaceChildren(el("p", { class: "state", role: "alert" }, t("failed", { why: error instanceof Error ? error.message : String(error) })));
  }
}

void open();
