// An entity in a line of text: its mark and its name, and a way to it; lists that show their first rows.
import type { Graph } from "./data";
import { bdi, button, el, icon } from "./dom";
import type { Host } from "./host";
import { count, t, term } from "./words";

export const LEADING = 8;
const LISTED = 40;

export const icon_ = (graph: Graph, id: number): SVGElement => icon(graph.page.types[graph.entities.type[id]]);

export function typeOf(graph: Graph, id: number): string {
  const { entities, page } = graph, subtype = page.subtypes[entities.subtype[id]];
  return [term(page.types[entities.type[id]]), subtype ? term(subtype) : ""].filter(Boolean).join(" · ");
}

/** The name of an entity that leads to it. */
export function jump(host: Host, id: number): HTMLElement {
  return button([icon_(host.graph, id), bdi(host.graph.entities.name[id])], () => host.choose(id, true), { class: "link name" });
}

export function row(host: Host, id: number, number: number): HTMLElement {
  return el("li", {}, button([icon_(host.graph, id), bdi(host.graph.entities.name[id], { class: "clamp" }), el("span", { class: "number" }, count(number))], () => host.choose(id, true), { class: "row" }));
}

/** A list that shows its first rows and the rest when asked for. */
export function listing<T>(all: readonly T[], made: (one: T) => HTMLElement, first = LEADING, attributes = {}): HTMLElement {
  const list = el("ul", attributes);
  let shown = 0;
  const more = (step: number): void => {
    list.querySelector(":scope > .more")?.remove();
    for (const one of all.slice(shown, shown + step)) list.append(made(one));
    shown += step;
    if (shown < all.length) list.append(el("li", { class: "more" }, button(t("others", { n: count(all.length - shown) }), () => more(LISTED * 2), { class: "link quiet" })));
  };
  more(first);
  return list;
}
