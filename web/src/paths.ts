// The shortest ways between two entities over the edges that the filters let through.
import { across, edgesOf, type Graph } from "./data";
import { bdi, button, type Child, el } from "./dom";
import { claimsOf, evidence, modality, opening } from "./evidence";
import type { Host } from "./host";
import { jump } from "./names";
import type { Sieved } from "./sieve";
import { count, t, term } from "./words";

/** Entities and the edges between them, in order. */
export interface Path { readonly entities: readonly number[]; readonly edges: readonly number[] }

const MOST = 6, FARTHEST = 12;

/** Up to six of the shortest paths, the best supported first; none where the two do not hang together. */
export function shortest(graph: Graph, sieved: Sieved, from: number, to: number): Path[] {
  const { entities, edges } = graph;
  const steps = new Int32Array(entities.size).fill(-1);
  steps[to] = 0;
  let front = [to];
  for (let far = 1; front.length && steps[from] < 0 && far <= FARTHEST; far++) {
    const next: number[] = [];
    for (const id of front) for (const edge of edgesOf(graph, id)) {
      if (!sieved.edges[edge]) continue;
      const other = across(edges, edge, id);
      if (steps[other] < 0) { steps[other] = far; next.push(other); }
    }
    front = next;
  }
  if (steps[from] < 0) return [];
  const found: Path[] = [];
  const walk = (at: number, seen: number[], used: number[]): void => {
    if (found.length >= MOST * 4) return;
    if (at === to) { found.push({ entities: seen, edges: used }); return; }
    const onward = new Map<number, number>();
    for (const edge of edgesOf(graph, at)) {
      if (!sieved.edges[edge]) continue;
      const other = across(edges, edge, at), best = onward.get(other);
      if (steps[other] === steps[at] - 1 && (best === undefined || sieved.claims[edge] > sieved.claims[best])) onward.set(other, edge);
    }
    for (const [other, edge] of [...onward].sort((a, b) => sieved.claims[b[1]] - sieved.claims[a[1]] || a[0] - b[0])) walk(other, [...seen, other], [...used, edge]);
  };
  walk(from, [from], []);
  const weight = (path: Path): number => Math.min(...path.edges.map((edge) => sieved.claims[edge]), 1e9);
  return found.sort((a, b) => weight(b) - weight(a)).slice(0, MOST);
}

let kept: { key: string; paths: Path[] } = { key: "", paths: [] };

/** The paths of the present state; found once. */
export function present(host: Host): Path[] {
  const { path, filters } = host.store.state;
  if (!path) return [];
  const key = JSON.stringify([path, filters]);
  if (key !== kept.key) kept = { key, paths: shortest(host.graph, host.sieved(), path[0], path[1]) };
  return kept.paths;
}

export function paths(host: Host): Child[] {
  const { graph, store } = host, { edges, page, entities } = graph, found = present(host), asked = store.state.path;
  if (!asked) return [];
  const close = el("p", { class: "back" }, button(`← ${t("pathClose")}`, () => store.set({ path: null }), { class: "link quiet" }));
  const title = el("h2", { class: "clamp five" }, bdi(entities.name[asked[0]]), " ⇢ ", bdi(entities.name[asked[1]]));
  if (!found.length) return [close, title, el("p", { class: "state" }, t("noPath"))];
  return [close, title, el("p", { class: "quiet" }, t("pathSteps", { n: found[0].edges.length, paths: found.length })),
    ...found.flatMap((path, number) => [found.length > 1 && el("h3", { class: "section" }, t("pathNumber", { n: number + 1 })),
      el("ol", { class: "path" }, el("li", {}, jump(host, path.entities[0])), ...path.edges.map((edge, n) => {
        const statements = claimsOf(graph, edge, host.sieved().kept), forward = edges.from[edge] === path.entities[n];
        const verb = term(page.predicates[edges.predicate[edge]]);
        const how = [...new Set(statements.map((one) => one.modality))].map((one) => modality(graph, one));
        const step = el("ul", { class: "facts" }, opening([el("span", { class: "verb" }, forward ? `↓ ${verb}` : `↑ ${verb}`), ...how], t("sentences", { n: count(statements.length) }),
          () => evidence(graph, statements, [edges.from[edge], edges.to[edge]])));
        return el("li", {}, step, jump(host, path.entities[n + 1]));
      }))])];
}
