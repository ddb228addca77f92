// The page: reads the file, puts the parts together, and says when the first frame stands.
import "./page.css";
import { Canvas } from "./canvas";
import { read } from "./data";
import { el } from "./dom";
import { Groupings } from "./groups";
import { scene } from "./scene";
import { sieve } from "./sieve";
import { NO_FILTERS, type State } from "./state";
import { wear } from "./theme";
import { know, speak } from "./words";

async function open(): Promise<void> {
  const graph = await read();
  know(graph.page);
  speak(0);
  const stage = el("main", { id: "stage" }), host = el("div", { id: "canvas" });
  stage.append(host);
  document.body.append(stage);
  wear("auto", graph.page.types);
  const groupings = new Groupings(graph);
  const state: State = { view: "graph", by: graph.entities.size > graph.page.small ? "community" : "all", open: [], near: [], selected: null, start: null, path: null,
    filters: NO_FILTERS, language: 0, theme: "auto", camera: null };
  const canvas = new Canvas(host, ({ entity, group }) => (entity < 0 ? groupings.name(state.by, group) : graph.entities.name[entity]), graph.entities.type,
    { node: () => undefined, edge: () => undefined, ground: () => undefined, hover: () => undefined, moved: () => undefined });
  canvas.show(scene(graph, groupings.get(state.by), sieve(graph, state.filters), state));
  performance.mark("ready");
  document.documentElement.dataset.ready = "true";
}

void open();
