// What the matrix shows: entities of one type against those of another, the best supported first, with the edges between each two.
import type { Host } from "./host";
import { spoken, t, term } from "./words";

export interface Cell { readonly edges: readonly number[]; readonly claims: number; readonly how: number; readonly predicates: readonly number[] }
export interface Head { readonly id: number; readonly claims: number }
export interface Grid { readonly rows: readonly Head[]; readonly columns: readonly Head[]; readonly filled: number; cell(row: number, column: number): Cell | undefined }
export interface Pair { readonly rows: number; readonly columns: number; readonly edges: number }

const FIRST: readonly (readonly [string, string])[] = [["Agency", "Programme"], ["WaterFeature", "Project"], ["Place", "Programme"]];

/** Pairs of types with edges between them: those worth most to a reader first, then those with most edges. */
export function pairsOf(host: Host): Pair[] {
  const { edges, entities, page } = host.graph, kept = host.sieved().edges, n = page.types.length, numbers = new Uint32Array(n * n);
  for (let i = 0; i < edges.size; i++) {
    if (!kept[i]) continue;
    const a = entities.type[edges.from[i]], b = entities.type[edges.to[i]];
    numbers[Math.min(a, b) * n + Math.max(a, b)]++;
  }
  const made: Pair[] = [], rank = new Map(FIRST.map(([rows, columns], place) => [`${page.types.indexOf(rows)} ${page.types.indexOf(columns)}`, place]));
  for (let a = 0; a < n; a++) for (let b = a; b < n; b++) if (numbers[a * n + b]) made.push({ rows: a, columns: b, edges: numbers[a * n + b] });
  // A place is a row by nature: it has the shorter name.
  const turned = made.map((pair) => (rank.has(`${pair.columns} ${pair.rows}`) ? { ...pair, rows: pair.columns, columns: pair.rows } : pair));
  const place = (pair: Pair): number => rank.get(`${pair.rows} ${pair.columns}`) ?? 9 + Number(pair.rows === pair.columns);
  return turned.sort((a, b) => place(a) - place(b) || b.edges - a.edges || a.rows - b.rows || a.columns - b.columns);
}

export function gridOf(host: Host, rowType: number, columnType: number): Grid {
  const { edges, entities } = host.graph, { edges: kept, claims, how } = host.sieved(), same = rowType === columnType;
  const rows = new Map<number, number>(), columns = new Map<number, number>(), cells = new Map<string, number[]>();
  for (let i = 0; i < edges.size; i++) {
    if (!kept[i]) continue;
    const from = edges.from[i], to = edges.to[i], a = entities.type[from], b = entities.type[to];
    const straight = a === rowType && b === columnType;
    if (!straight && (same || a !== columnType || b !== rowType)) continue;
    const row = straight ? from : to, column = straight ? to : from, key = `${row} ${column}`, there = cells.get(key);
    rows.set(row, (rows.get(row) ?? 0) + claims[i]);
    columns.set(column, (columns.get(column) ?? 0) + claims[i]);
    if (there) there.push(i); else cells.set(key, [i]);
  }
  const order = (some: Map<number, number>): Head[] => [...some].map(([id, number]) => ({ id, claims: number })).sort((x, y) => y.claims - x.claims || x.id - y.id);
  return { rows: order(rows), columns: order(columns), filled: cells.size, cell: (row, column) => {
    const some = cells.get(`${row} ${column}`);
    if (!some) return undefined;
    some.sort((x, y) => claims[y] - claims[x] || x - y);
    return { edges: some, claims: some.reduce((sum, i) => sum + claims[i], 0), how: Math.min(...some.map((i) => how[i])), predicates: [...new Set(some.map((i) => edges.predicate[i]))] };
  } };
}

/** A predicate in the room of a cell. */
export function brief(predicate: string): string {
  const key = `short-${predicate}`, said = t(key);
  return said === key ? [...term(predicate)].slice(0, spoken() === 0 ? 2 : 6).join("") : said;
}
