// Ways of seeing many entities as few: by community, by place, by type. Each gives discs with a place in the picture, and each member a
// place inside its disc.
import type { Graph } from "./data";
import type { By, GroupNames } from "./state";
import { t, term } from "./words";

export interface Grouping {
  readonly by: By;
  readonly size: number;
  /** Group of each entity, or -1. */
  readonly of: Int32Array;
  /** Members in order of weight. */
  readonly members: readonly Uint32Array[];
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly radius: Float64Array;
  /** Where each entity stands. */
  readonly at: { readonly x: Float64Array; readonly y: Float64Array };
  readonly best: Int32Array;
}

function membersOf(of: Int32Array, size: number): Uint32Array[] {
  const count = new Uint32Array(size);
  for (const group of of) if (group >= 0) count[group]++;
  const members = Array.from(count, (n) => new Uint32Array(n));
  const next = new Uint32Array(size);
  for (let i = 0; i < of.length; i++) if (of[i] >= 0) members[of[i]][next[of[i]]++] = i;
  return members;
}

/** Discs set side by side around the largest, in order of size, on a spiral until they touch none. */
export function pack(radii: readonly number[]): { x: number; y: number }[] {
  const order = radii.map((_, n) => n).sort((a, b) => radii[b] - radii[a] || a - b);
  const placed: { x: number; y: number; r: number }[] = [];
  const spots: { x: number; y: number }[] = [];
  for (const n of order) {
    const r = radii[n];
    let angle = 0, far = 0;
    for (;;) {
      const x = far * Math.cos(angle) * 1.25, y = far * Math.sin(angle);
      if (placed.every((other) => (other.x - x) ** 2 + (other.y - y) ** 2 >= ((other.r + r) * 1.06) ** 2)) {
        placed.push({ x, y, r });
        spots[n] = { x, y };
        break;
      }
      const step = Math.max(r * 0.3, far * 0.02, 0.01);
      far += (step * step) / (2 * Math.PI * Math.max(far, step)) + step * 0.06;
      angle += step / Math.max(far, step);
    }
  }
  return spots;
}

function apart(graph: Graph, by: By, of: Int32Array, size: number): Grouping {
  const { entities } = graph;
  const members = membersOf(of, size);
  let spread = 0;
  for (let i = 0; i < entities.size; i++) spread = Math.max(spread, Math.abs(entities.x[i]), Math.abs(entities.y[i]));
  const unit = Math.max(spread, 1) * 0.9 / Math.sqrt(Math.max(entities.size, 1));
  const radius = Float64Array.from(members, (some) => unit * Math.sqrt(Math.max(some.length, 1)) + unit * 0.5);
  const spots = pack([...radius]);
  const x = Float64Array.from(spots, (spot) => spot.x), y = Float64Array.from(spots, (spot) => spot.y);
  const atX = new Float64Array(entities.size), atY = new Float64Array(entities.size);
  members.forEach((some, group) => {
    // Phyllotaxis: evenly spread, the best supported in the middle.
    some.forEach((id, n) => {
      const far = some.length < 2 ? 0 : radius[group] * 0.92 * Math.sqrt((n + 0.5) / some.length), angle = n * 2.399963;
      atX[id] = x[group] + far * Math.cos(angle);
      atY[id] = y[group] + far * Math.sin(angle);
    });
  });
  return { by, size, of, members, x, y, radius, at: { x: atX, y: atY }, best: Int32Array.from(members, (some) => (some.length ? some[0] : -1)) };
}

export class Groupings implements GroupNames {
  private made = new Map<By, Grouping>();
  constructor(private readonly graph: Graph) {}

  get(by: By): Grouping {
    const asked = by === "all" ? "community" : by;
    let made = this.made.get(asked);
    if (!made) this.made.set(asked, (made = this.make(asked)));
    return made;
  }

  private make(by: By): Grouping {
    const { entities, groups, places, page } = this.graph;
    if (by === "type") return apart(this.graph, by, Int32Array.from(entities.type), page.types.length);
    if (by === "place") {
      const none = places.name.length;
      return apart(this.graph, by, entities.place.map((place) => (place < 0 ? none : place)), none + 1);
    }
    return { by, size: groups.size, of: entities.group, members: membersOf(entities.group, groups.size), x: groups.x, y: groups.y, radius: groups.radius,
      at: { x: entities.x, y: entities.y }, best: groups.entity };
  }

  /** What a group is called. */
  name(by: By, group: number): string {
    const { entities, groups, places, page } = this.graph;
    if (by === "type") return term(page.types[group]);
    if (by === "place") return places.name[group] ?? t("noPlace");
    if (group === groups.rest) return t("rest");
    const best = this.get(by).best[group];
    return best >= 0 ? entities.name[best] : "";
  }

  key(by: By, group: number): string {
    const { entities, groups, places, page } = this.graph;
    if (by === "type") return page.types[group];
    if (by === "place") return places.name[group] ?? "-";
    if (group === groups.rest) return "-";
    return entities.iri[this.get(by).best[group]] ?? String(group);
  }

  find(by: By, key: string): number {
    const { entities, groups, places, page } = this.graph;
    if (by === "type") return page.types.indexOf(key);
    if (by === "place") return key === "-" ? places.name.length : places.name.indexOf(key);
    if (key === "-") return groups.rest;
    const best = entities.iri.indexOf(key);
    return best >= 0 ? entities.group[best] : -1;
  }
}
