// Agency × programme, river × project. `root` stands in the place of the picture while its tab is chosen.
import type { Graph } from "./data";
import { el } from "./dom";
import type { Host } from "./host";
import type { State } from "./state";
import { t } from "./words";

export function matrix(graph: Graph, state: State, host: Host): HTMLElement {
  void graph; void state; void host;
  return el("p", { class: "state" }, t("notYet"));
}
