// Which marks, discs and lines a state shows. Only what is shown is built: a graph of 100,000 entities opens as some hundred discs.
import { edgesOf, type Graph } from "./data";
import type { Grouping } from "./groups";
import type { Sieved } from "./sieve";
import type { State } from "./state";

export interface Shown {
  readonly key: string;
  /** Entity, or -1 for a disc. */
  readonly entity: number;
  /** Group, or -1 for an entity. */
  readonly group: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** 0 … 1 by weight; -1 for a disc. */
  readonly importance: number;
  readonly members: number;
  readonly opened: boolean;
  /** Ends of the types' arcs on the rim of a disc, 0 … 1. */
  readonly shares: readonly number[];
}

export interface Joined {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Edge, or -1 for a bundle of several. */
  readonly edge: number;
  /** Modality, or 6 for a bundle. */
  readonly how: number;
  readonly width: number;
  readonly bend: number;
  readonly claims: number;
}

export interface Scene {
  readonly nodes: readonly Shown[];
  readonly edges: readonly Joined[];
  readonly box: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  /** Groups and members that were too many to be drawn. */
  readonly left: { readonly groups: number; readonly members: number };
  /** The room one mark has, in graph units. */
  readonly room: number;
}

export const BUNDLE = 6;
const MOST_GROUPS = 400, MOST_MEMBERS = 3000, MOST_BUNDLES = 160, OF_EACH = 4, CROWD = 80, MOST_NEAR = 200;

export const entityKey = (id: number): string => `e${id}`;
export const groupKey = (id: number): string => `g${id}`;

/** The scene of a state; `path` are the entities on the paths asked for. */
export function scene(graph: Graph, grouping: Grouping, sieved: Sieved, state: State, path: readonly number[] = []): Scene {
  const { entities } = graph;
  const visible = state.by === "all" ? everything(graph, sieved) : new Set<number>();
  const opened = new Set(state.open);
  const nodes: Shown[] = [];
  const left = { groups: 0, members: 0 };
  const discs = new Set<number>();
  if (state.by !== "all") {
    const alive = living(grouping, sieved);
    const order = [...alive.keys()].filter((group) => alive[group] > 0).sort((a, b) => alive[b] - alive[a] || a - b);
    left.groups = Math.max(0, order.length - MOST_GROUPS);
    const drawn = new Set(order.slice(0, MOST_GROUPS));
    for (const group of opened) if (alive[group]) drawn.add(group);
    for (const group of drawn) {
      const open = opened.has(group) || grouping.members[group].length === 1;
      if (open) left.members += reveal(grouping.members[group], sieved, visible);
      if (grouping.members[group].length === 1) continue;
      if (!open) discs.add(group);
      nodes.push({ key: groupKey(group), entity: -1, group, x: grouping.x[group], y: grouping.y[group], radius: grouping.radius[group], importance: -1,
        members: alive[group], opened: open, shares: shares(graph, grouping.members[group], sieved) });
    }
  }
  const asked = new Set([...path, ...called(graph, sieved, state)]);
  for (const id of asked) visible.add(id);
  const standing = new Set(nodes.map(({ group }) => group));
  const at = state.by === "all" ? entities : grouping.at;
  const heaviest = entities.size ? Math.max(entities.weight[0], 1) : 1;
  const room = spacing(graph, grouping, state.by === "all");
  for (const id of [...visible].sort((a, b) => a - b)) {
    const importance = Math.sqrt(entities.weight[id] / heaviest);
    const free = state.by === "all" || grouping.members[grouping.of[id]]?.length < 2 ? room(-1) : room(grouping.of[id]);
    nodes.push({ key: entityKey(id), entity: id, group: -1, x: at.x[id], y: at.y[id], radius: free * (0.16 + 0.24 * importance), importance,
      members: 0, opened: false, shares: [] });
  }
  return { nodes, edges: joins(graph, sieved, visible, (id) => bundledAt(grouping, standing, discs, visible, asked, id)), box: box(graph, grouping, state.by === "all", nodes), left,
    room: state.by === "all" ? room(-1) : Math.min(...[...opened].map(room), room(-1)) };
}

function everything(graph: Graph, sieved: Sieved): Set<number> {
  const all = new Set<number>();
  for (let i = 0; i < graph.entities.size; i++) if (sieved.entities[i]) all.add(i);
  return all;
}

function living(grouping: Grouping, sieved: Sieved): Uint32Array {
  const alive = new Uint32Array(grouping.size);
  for (let i = 0; i < grouping.of.length; i++) if (sieved.entities[i] && grouping.of[i] >= 0) alive[grouping.of[i]]++;
  return alive;
}

function reveal(members: Uint32Array, sieved: Sieved, visible: Set<number>): number {
  let shown = 0, left = 0;
  for (const id of members) {
    if (!sieved.entities[id]) continue;
    if (shown < MOST_MEMBERS) { visible.add(id); shown++; } else left++;
  }
  return left;
}

/** Entities shown whatever their group: what is selected, the path, and the neighbours asked for. */
function called(graph: Graph, sieved: Sieved, state: State): Set<number> {
  const { edges } = graph;
  const ids = new Set<number>();
  if (state.selected?.kind === "entity") ids.add(state.selected.id);
  if (state.selected?.kind === "edge") ids.add(edges.from[state.selected.id]).add(edges.to[state.selected.id]);
  if (state.start !== null) ids.add(state.start);
  for (const id of state.path ?? []) ids.add(id);
  for (const centre of state.near) {
    ids.add(centre);
    let found = 0;
    for (const edge of edgesOf(graph, centre)) {
      if (!sieved.edges[edge] || found++ >= MOST_NEAR) continue;
      ids.add(edges.from[edge]).add(edges.to[edge]);
    }
  }
  return ids;
}

function shares(graph: Graph, members: Uint32Array, sieved: Sieved): number[] {
  const count = new Array<number>(graph.page.types.length).fill(0);
  let all = 0;
  for (const id of members) if (sieved.entities[id]) { count[graph.entities.type[id]]++; all++; }
  let sum = 0;
  return count.map((n) => (sum += n) / Math.max(all, 1));
}

/** The room one mark has, in graph units: for the picture as a whole (-1) or inside a group. */
function spacing(graph: Graph, grouping: Grouping, all: boolean): (group: number) => number {
  const { entities } = graph;
  const whole = extent(entities.x, entities.y);
  const wide = Math.max(whole.x[1] - whole.x[0], 1), tall = Math.max(whole.y[1] - whole.y[0], 1);
  const room = Math.sqrt((wide * tall) / Math.max(entities.size, 1)) * (all ? 1 : 0.8);
  return (group) => (group < 0 ? room : grouping.radius[group] * Math.sqrt(Math.PI / Math.max(Math.min(grouping.members[group].length, MOST_MEMBERS), 1)));
}

function extent(xs: Float64Array, ys: Float64Array): Scene["box"] {
  let left = Infinity, right = -Infinity, low = Infinity, high = -Infinity;
  for (let i = 0; i < xs.length; i++) {
    if (xs[i] < left) left = xs[i];
    if (xs[i] > right) right = xs[i];
    if (ys[i] < low) low = ys[i];
    if (ys[i] > high) high = ys[i];
  }
  return left <= right ? { x: [left, right], y: [low, high] } : { x: [-1, 1], y: [-1, 1] };
}

/** The frame of the picture: of everything, so that opening and filtering move nothing. */
function box(graph: Graph, grouping: Grouping, all: boolean, nodes: readonly Shown[]): Scene["box"] {
  if (all) return widen(extent(graph.entities.x, graph.entities.y));
  let left = Infinity, right = -Infinity, low = Infinity, high = -Infinity;
  for (const { group, x, y, radius } of nodes) {
    if (group < 0) continue;
    left = Math.min(left, x - radius);
    right = Math.max(right, x + radius);
    low = Math.min(low, y - radius);
    high = Math.max(high, y + radius);
  }
  return left <= right ? { x: [left, right], y: [low, high] } : widen(extent(grouping.at.x, grouping.at.y));
}

const widen = ({ x, y }: Scene["box"]): Scene["box"] => (x[1] - x[0] < 1e-9 && y[1] - y[0] < 1e-9 ? { x: [x[0] - 1, x[1] + 1], y: [y[0] - 1, y[1] + 1] } : { x, y });

/** Lines between what is shown: an edge by itself between two entities, several as one bundle where an end is a closed group. */
function joins(graph: Graph, sieved: Sieved, visible: Set<number>, stand: (id: number) => number): Joined[] {
  const { edges, page } = graph;
  const single: number[] = [], abreast = new Map<number, number>();
  const bundles = new Map<number, Bundle>();
  const many = page.counts.entities ?? graph.entities.size, ends = many + graph.groups.size + graph.places.name.length + page.types.length + 1;
  for (let i = 0; i < edges.size; i++) {
    if (!sieved.edges[i]) continue;
    const a = edges.from[i], b = edges.to[i];
    if (a === b) continue;
    if (visible.has(a) && visible.has(b)) {
      single.push(i);
      const pair = Math.min(a, b) * (many + 1) + Math.max(a, b);
      abreast.set(pair, (abreast.get(pair) ?? 0) + 1);
      continue;
    }
    const from = stand(a), to = stand(b);
    if (from === NOWHERE || to === NOWHERE || from === to) continue;
    const key = (Math.min(from, to) + ends) * 2 * ends + Math.max(from, to) + ends;
    const bundle = bundles.get(key);
    if (bundle) bundle.claims += sieved.claims[i]; else bundles.set(key, visible.has(a) && from < 0 ? { from: to, to: from, claims: sieved.claims[i] } : { from, to, claims: sieved.claims[i] });
  }
  const made = strongest([...bundles.values()]);
  const beside = new Map<number, number>();
  if (single.length > 2000) single.sort((a, b) => sieved.claims[b] - sieved.claims[a] || a - b);
  for (const i of single) {
    const a = edges.from[i], b = edges.to[i], pair = Math.min(a, b) * (many + 1) + Math.max(a, b), all = abreast.get(pair) ?? 1;
    const n = beside.get(pair) ?? 0;
    beside.set(pair, n + 1);
    const bend = all === 1 ? 0 : (n - (all - 1) / 2) * (a < b ? 1 : -1);
    const how = sieved.how[i];
    made.push({ key: `l${i}`, from: entityKey(a), to: entityKey(b), edge: i, how, width: how === 1 ? 0.8 : 1.3 + Math.min(Math.log2(sieved.claims[i]) * 0.25, 1), bend, claims: sieved.claims[i] });
  }
  return made;
}

/** Several lines as one. Ends are entities, or groups as -1 - group. */
interface Bundle { readonly from: number; readonly to: number; claims: number }
const NOWHERE = -Infinity;
const endKey = (end: number): string => (end < 0 ? groupKey(-1 - end) : entityKey(end));

/** The bundles worth drawing: the strongest of all, and some of the strongest of each end; the rest would be a grey cloud. */
function strongest(bundles: Bundle[]): Joined[] {
  const order = bundles.sort((a, b) => b.claims - a.claims || a.from - b.from || a.to - b.to), ends = new Map<number, number>();
  const most = Math.max(order[0]?.claims ?? 1, 12);
  return order.filter(({ from, to }, n) => {
    const times = Math.min(ends.get(from) ?? 0, ends.get(to) ?? 0);
    ends.set(from, (ends.get(from) ?? 0) + 1);
    ends.set(to, (ends.get(to) ?? 0) + 1);
    return n < MOST_BUNDLES || times < OF_EACH;
  }).map(({ from, to, claims }) => ({ key: `${endKey(from)} ${endKey(to)}`, from: endKey(from), to: endKey(to), edge: -1, how: BUNDLE, width: 0.7 + 5.3 * Math.sqrt(claims / most), bend: 0, claims }));
}

/** Where the bundle of an entity ends: at its mark, or at its group's disc where the group is closed or its members are a crowd. */
function bundledAt(grouping: Grouping, standing: ReadonlySet<number>, discs: ReadonlySet<number>, visible: ReadonlySet<number>, asked: ReadonlySet<number>, id: number): number {
  const group = grouping.of[id];
  if (asked.has(id) || (visible.has(id) && (visible.size <= CROWD || !standing.has(group)))) return id;
  return visible.has(id) || discs.has(group) ? -1 - group : NOWHERE;
}
