// Agency × programme, river × project, place × programme: entities of two types against each other. Stands in the place of the picture.
import type { Graph } from "./data";
import { bdi, button, el, isNot, svg } from "./dom";
import { brief, type Cell, type Grid, gridOf, type Head, type Pair, pairsOf } from "./grid";
import type { Host } from "./host";
import { icon_ } from "./names";
import type { State } from "./state";
import { alone, widthOf } from "./svg";
import { count, cut, spoken, t, term } from "./words";

const MOST = 40;
const DASHES: Readonly<Record<string, string>> = { planned: "6 4", required: "0.1 4" };

function stroke(how: string): SVGElement {
  return svg("svg", { width: 30, height: 8, viewBox: "0 0 30 8", "aria-hidden": "true", class: "icon" },
    svg("path", { d: "M2 4H28", fill: "none", stroke: isNot(how) ? "var(--quiet)" : "var(--ink)", "stroke-width": how === "ongoing" ? 1 : 2, "stroke-linecap": how === "required" ? "round" : "butt", "stroke-dasharray": DASHES[how] ?? "none" }),
    isNot(how) && svg("path", { d: "M11.5 .5l7 7m0-7l-7 7", stroke: "var(--accent)", "stroke-width": 1.6, fill: "none" }));
}

export interface Drawn { readonly rows: readonly Head[]; readonly columns: readonly Head[]; readonly grid: Grid; readonly title: string }

class Matrix {
  readonly root = el("section", { id: "matrix", class: "view" });
  drawn: Drawn | null = null;
  private readonly bar = el("div", { class: "bar" });
  private readonly room = el("div", { class: "roll" });
  private readonly foot = el("div", { class: "foot" });
  private rowPage = 0;
  private columnPage = 0;
  private last = "";
  private table: HTMLTableElement | null = null;

  constructor(private readonly host: Host) {
    this.root.append(this.bar, this.room, this.foot);
    this.room.addEventListener("click", (event) => this.press((event.target as Element).closest<HTMLElement>("td, th")));
    this.room.addEventListener("keydown", (event) => this.key(event));
    this.room.addEventListener("focusin", (event) => this.rove((event.target as Element).closest<HTMLElement>("td, th")));
  }

  show(state: State): HTMLElement {
    const base = JSON.stringify([state.filters, state.pair ?? ""]), key = base + spoken();
    if (key !== this.last) {
      if (!this.last.startsWith(base)) this.rowPage = this.columnPage = 0;
      this.last = key;
      this.build();
    }
    this.mark();
    return this.root;
  }

  private build(): void {
    const { host } = this, { graph, store } = host, { page } = graph, pairs = pairsOf(host);
    const asked = (store.state.pair ?? "").split("-").map((type) => page.types.indexOf(type)), named = asked.length === 2 && asked.every((n) => n >= 0);
    if (!pairs.length && !named) {
      this.drawn = null;
      this.bar.replaceChildren();
      this.foot.replaceChildren();
      this.room.replaceChildren(el("p", { class: "state" }, t(host.sieved().whole ? "matrixNone" : "timelineFiltered")));
      return;
    }
    const [rowType, columnType] = named ? asked : [pairs[0].rows, pairs[0].columns];
    const grid = gridOf(host, rowType, columnType), title = `${term(page.types[rowType])} × ${term(page.types[columnType])}`;
    this.rowPage = Math.min(this.rowPage, Math.max(Math.ceil(grid.rows.length / MOST) - 1, 0));
    this.columnPage = Math.min(this.columnPage, Math.max(Math.ceil(grid.columns.length / MOST) - 1, 0));
    const rows = grid.rows.slice(this.rowPage * MOST, (this.rowPage + 1) * MOST), columns = grid.columns.slice(this.columnPage * MOST, (this.columnPage + 1) * MOST);
    this.drawn = { rows, columns, grid, title };
    this.head(pairs, rowType, columnType, grid);
    if (!grid.filled) this.room.replaceChildren(el("p", { class: "state" }, t("matrixEmpty")));
    else this.room.replaceChildren(this.table = this.made(rows, columns, grid, title));
    this.below(grid);
  }

  private head(pairs: readonly Pair[], rowType: number, columnType: number, grid: Grid): void {
    const { graph, store } = this.host, { types } = graph.page, name = (a: number, b: number): string => `${types[a]}-${types[b]}`;
    const here = pairs.some((pair) => pair.rows === rowType && pair.columns === columnType), all = here ? pairs : [{ rows: rowType, columns: columnType, edges: grid.filled }, ...pairs];
    this.bar.replaceChildren(
      el("p", {}, t("matrixSum", { rows: count(grid.rows.length), columns: count(grid.columns.length), n: count(grid.filled) })),
      el("div", { class: "does" },
        el("label", {}, el("span", { class: "sr" }, t("matrixPair")), el("select", { change: (event: Event) => store.set({ pair: (event.target as HTMLSelectElement).value }), "aria-label": t("matrixPair") },
          ...all.map((pair) => el("option", { value: name(pair.rows, pair.columns), selected: pair.rows === rowType && pair.columns === columnType }, `${term(types[pair.rows])} × ${term(types[pair.columns])} (${count(pair.edges)})`)))),
        rowType === columnType ? null : button(t("turn"), () => store.set({ pair: name(columnType, rowType) }))));
  }

  private made(rows: readonly Head[], columns: readonly Head[], grid: Grid, title: string): HTMLTableElement {
    const { graph } = this.host, { entities } = graph;
    const name = (id: number, lines: string): HTMLElement => bdi(entities.name[id].slice(0, 240), { class: lines, title: cut(entities.name[id], 200) });
    const tall = Math.min(Math.max(...columns.map(({ id }) => widthOf(entities.name[id].slice(0, 60), 13))) + 6, 168);
    const table = el("table", { role: "grid", class: columns.length > 16 ? "crowded" : "", style: `--heads:${Math.ceil(tall)}px`, "aria-label": `${title}. ${t("matrixHelp")}`, "aria-rowcount": grid.rows.length + 1, "aria-colcount": grid.columns.length + 1 },
      el("thead", {}, el("tr", { "aria-rowindex": 1 }, el("th", { class: "corner quiet", scope: "col", tabindex: -1 }, title),
        ...columns.map(({ id, claims }, n) => el("th", { scope: "col", tabindex: -1, "data-entity": id, "aria-colindex": this.columnPage * MOST + n + 2 }, el("div", { class: "head" }, el("span", { class: "down" }, name(id, "")), el("span", { class: "number" }, count(claims))))))),
      el("tbody", {}, ...rows.map(({ id, claims }, n) => el("tr", { "aria-rowindex": this.rowPage * MOST + n + 2 },
        el("th", { scope: "row", tabindex: -1, "data-entity": id, "aria-colindex": 1 }, el("div", { class: "head" }, icon_(graph, id), name(id, "clamp two"), el("span", { class: "number" }, count(claims)))),
        ...columns.map((column) => this.cell(id, column.id, grid.cell(id, column.id)))))));
    (table.querySelector<HTMLElement>("td[data-at]") ?? table.querySelector<HTMLElement>("td"))?.setAttribute("tabindex", "0");
    return table;
  }

  private cell(row: number, column: number, found: Cell | undefined): HTMLElement {
    if (!found) return el("td", { tabindex: -1 });
    const { graph } = this.host, { entities, page } = graph, how = page.modalities[found.how] ?? "done", more = found.predicates.length - 1;
    const said = `${alone(cut(entities.name[row], 60))} × ${alone(cut(entities.name[column], 60))}: ${found.predicates.map((n) => term(page.predicates[n])).join(", ")}, ${term(how)}, ${t("cellClaims", { n: count(found.claims) })}`;
    return el("td", { tabindex: -1, "data-at": found.edges.join(" "), "aria-label": said, title: said, style: `--full:${Math.min(Math.round(4 * Math.log2(found.claims)), 22)}` },
      el("span", { class: "cell", "aria-hidden": "true" }, el("span", {}, brief(page.predicates[found.predicates[0]]), more ? "+" : "", found.claims > 1 ? el("small", {}, count(found.claims)) : ""), stroke(how)));
  }

  private below(grid: Grid): void {
    const pager = (key: "matrixRows" | "matrixColumns", number: number, at: number, turn: (to: number) => void): HTMLElement | string => (number <= MOST ? "" : el("span", { class: "pages" },
      t(key, { from: count(at * MOST + 1), to: count(Math.min((at + 1) * MOST, number)), n: count(number) }),
      button(t("previous"), () => turn(at - 1), { disabled: at === 0, "aria-label": `${t("previous")}: ${t(key, { from: (at - 1) * MOST + 1, to: at * MOST, n: number })}` }),
      button(t("next"), () => turn(at + 1), { disabled: (at + 1) * MOST >= number, "aria-label": `${t("next")}: ${t(key, { from: (at + 1) * MOST + 1, to: Math.min((at + 2) * MOST, number), n: number })}` })));
    const turned = (): void => { this.build(); this.mark(); };
    this.foot.replaceChildren(pager("matrixRows", grid.rows.length, this.rowPage, (to) => { this.rowPage = to; turned(); }), pager("matrixColumns", grid.columns.length, this.columnPage, (to) => { this.columnPage = to; turned(); }),
      Math.max(grid.rows.length, grid.columns.length) > MOST ? el("p", { class: "quiet" }, t("matrixCut", { n: MOST })) : "");
  }

  /** Shows what is selected without making the table anew. */
  private mark(): void {
    const { selected } = this.host.store.state;
    for (const one of this.room.querySelectorAll(".chosen")) one.classList.remove("chosen");
    if (selected?.kind === "entity") for (const one of this.room.querySelectorAll(`[data-entity="${selected.id}"]`)) one.classList.add("chosen");
    if (selected?.kind === "edge" || selected?.kind === "between")
      for (const one of this.room.querySelectorAll<HTMLElement>("td[data-at]")) if ((one.dataset.at ?? "").split(" ").includes(String(selected.id))) one.classList.add("chosen");
  }

  private press(at: HTMLElement | null): void {
    if (!at) return;
    const { store } = this.host, edges = (at.dataset.at ?? "").split(" ").filter(Boolean).map(Number);
    if (at.dataset.entity) store.set({ selected: { kind: "entity", id: Number(at.dataset.entity) } });
    else if (edges.length === 1) this.host.chooseEdge(edges[0]);
    else if (edges.length) store.set({ selected: { kind: "between", id: edges[0] } });
  }

  private rove(to: HTMLElement | null): void {
    if (!to) return;
    for (const one of this.room.querySelectorAll<HTMLElement>("[tabindex='0']")) one.tabIndex = -1;
    to.tabIndex = 0;
  }

  private key(event: KeyboardEvent): void {
    const at = (event.target as Element).closest<HTMLTableCellElement>("td, th"), rows = this.table?.rows;
    if (!at || !rows || event.altKey || event.metaKey) return;
    const row = (at.parentElement as HTMLTableRowElement).rowIndex, column = at.cellIndex;
    const [down, along] = ({ ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] } as Record<string, [number, number]>)[event.key] ?? [0, 0];
    let next: HTMLTableCellElement | undefined;
    if (down || along) for (let n = 1; n < 1000; n++) {
      const one = rows[row + down * n]?.cells[column + along * n];
      if (!one) break;
      next = one;
      if (!event.ctrlKey || one.dataset.at) break;
    }
    else if (event.key === "Home") next = rows[event.ctrlKey ? 0 : row].cells[0];
    else if (event.key === "End") next = [...rows[event.ctrlKey ? rows.length - 1 : row].cells].at(-1);
    else if (event.key === "PageDown") next = rows[Math.min(row + 8, rows.length - 1)].cells[column];
    else if (event.key === "PageUp") next = rows[Math.max(row - 8, 0)].cells[column];
    if (next) next.focus();
    else if (event.key === "Enter" || event.key === " ") this.press(at);
    else if (event.key === "Escape" && this.host.store.state.selected) this.host.store.set({ selected: null });
    else if (!/^(Arrow|Home|End|Page)/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }
}

let made: Matrix | null = null;

export function matrix(_: Graph, state: State, host: Host): HTMLElement {
  made ??= new Matrix(host);
  return made.show(state);
}

/** The matrix as it stands; null while it is empty. */
export const matrixDrawn = (): Drawn | null => (made?.drawn?.grid.filled ? made.drawn : null);

