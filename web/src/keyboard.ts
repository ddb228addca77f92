// The picture under the keyboard: arrows walk to the neighbour that lies that way, Enter opens, Escape lets go, + − 0 zoom, / finds.
import type { Canvas } from "./canvas";
import { edgesOf } from "./data";
import type { Host } from "./host";
import { entityKey, groupKey, type Shown } from "./scene";

const WAYS: Readonly<Record<string, readonly [number, number]>> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function nearest(from: Shown, among: readonly Shown[], [dx, dy]: readonly [number, number]): Shown | null {
  let best: Shown | null = null, least = Infinity;
  for (const one of among) {
    const x = one.x - from.x, y = one.y - from.y, far = Math.hypot(x, y), along = (x * dx + y * dy) / (far || 1);
    if (along < 0.35) continue;
    const cost = far * (2 - along);
    if (cost < least) { least = cost; best = one; }
  }
  return best;
}

export function keyboard(host: Host, canvas: Canvas, stage: HTMLElement, find: () => void, read: () => void): void {
  const { store, graph } = host;
  const selected = (): Shown | null => {
    const { selected: one } = store.state;
    return one?.kind === "entity" || one?.kind === "group" ? canvas.shownAt(one.kind === "entity" ? entityKey(one.id) : groupKey(one.id)) : null;
  };
  const go = (one: Shown): void => { if (one.entity >= 0) host.choose(one.entity); else host.chooseGroup(one.group); };
  const walk = (way: readonly [number, number]): void => {
    const here = selected(), all = canvas.scene.nodes;
    if (!here) { if (all.length) go(all.find((one) => !one.opened) ?? all[0]); return; }
    const around = new Set<string>();
    if (here.entity >= 0) for (const edge of edgesOf(graph, here.entity)) around.add(entityKey(graph.edges.from[edge])).add(entityKey(graph.edges.to[edge]));
    for (const edge of canvas.scene.edges) if (edge.from === here.key || edge.to === here.key) around.add(edge.from).add(edge.to);
    around.delete(here.key);
    const near = [...around].map((key) => canvas.shownAt(key)).filter((one): one is Shown => one !== null);
    const next = nearest(here, near, way) ?? nearest(here, all.filter((one) => one.key !== here.key && !one.opened), way);
    if (next) go(next);
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (WAYS[event.key]) walk(WAYS[event.key]);
    else if (event.key === "Enter") {
      const here = selected();
      if (here?.group !== undefined && here.group >= 0) {
        const { open } = store.state;
        store.set({ open: open.includes(here.group) ? open.filter((one) => one !== here.group) : [...open, here.group] });
      } else if (here) read();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).matches?.("input, select, textarea")) return;
    if (event.key === "/") find();
    else if (store.state.view !== "graph") return;
    else if (event.key === "+" || event.key === "=") canvas.zoom(1.5);
    else if (event.key === "-" || event.key === "−") canvas.zoom(1 / 1.5);
    else if (event.key === "0") canvas.fit();
    else if (event.key === "Escape") {
      const { state } = store;
      if (state.selected) store.set({ selected: null });
      else if (state.start !== null || state.path) store.set({ start: null, path: null });
      else return;
      stage.focus();
    } else return;
    event.preventDefault();
  });
}
