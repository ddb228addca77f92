// What the filters let through: which edges and entities, how firm each edge is by the claims that remain, and the counts beside each filter.
import type { Graph } from "./data";
import { type Filters, filtered } from "./state";

export interface Sieved {
  readonly whole: boolean;
  /** 1 where an entity or an edge stays. */
  readonly entities: Uint8Array;
  readonly edges: Uint8Array;
  /** Firmest modality and number of the claims that stay, for each edge. */
  readonly how: Uint8Array;
  readonly claims: Uint32Array;
  /** 1 where a claim stays. */
  readonly kept: Uint8Array;
  readonly counts: { readonly types: Uint32Array; readonly predicates: Uint32Array; readonly modalities: Uint32Array; readonly entities: number; readonly edges: number };
}

const PREDICATE = 1, MODALITY = 2, PAPER = 4, YEAR = 8, SURE = 16, TYPE = 32;

export function sieve(graph: Graph, filters: Filters): Sieved {
  const { page, entities, edges, claims, documents } = graph;
  const whole = !filtered(filters);
  const masked = (all: number, without: readonly number[]): Uint8Array => {
    const mask = new Uint8Array(all);
    for (const n of without) mask[n] = 1;
    return mask;
  };
  const noType = masked(page.types.length, filters.types), noPredicate = masked(page.predicates.length, filters.predicates);
  const noModality = masked(page.modalities.length, filters.modalities);
  const { document: paper, since, until, confidence } = filters;
  const narrow = paper !== null || since !== null || until !== null || confidence > 0 || filters.modalities.length > 0 || filters.predicates.length > 0;
  const counts = { types: new Uint32Array(page.types.length), predicates: new Uint32Array(page.predicates.length), modalities: new Uint32Array(page.modalities.length), entities: 0, edges: 0 };
  const kept = new Uint8Array(claims.size), alive = new Uint8Array(edges.size), left = new Uint32Array(edges.size);
  const how = new Uint8Array(edges.size).fill(255), touched = new Uint8Array(entities.size);
  for (let i = 0; i < claims.size; i++) {
    const edge = claims.edge[i], from = edges.from[edge], to = edges.to[edge];
    let fails = 0;
    if (!whole) {
      if (noPredicate[edges.predicate[edge]]) fails |= PREDICATE;
      if (noModality[claims.modality[i]]) fails |= MODALITY;
      if (paper !== null && claims.document[i] !== paper) fails |= PAPER;
      const year = documents.year[claims.document[i]] ?? 0;
      if ((since !== null && year < since) || (until !== null && (year > until || year === 0))) fails |= YEAR;
      if (claims.confidence[i] < confidence) fails |= SURE;
      if (noType[entities.type[from]] || noType[entities.type[to]]) fails |= TYPE;
    }
    if ((fails & ~PREDICATE) === 0) counts.predicates[edges.predicate[edge]]++;
    if ((fails & ~MODALITY) === 0) counts.modalities[claims.modality[i]]++;
    if ((fails & ~TYPE) === 0) touched[from] = touched[to] = 1;
    if (fails) continue;
    kept[i] = alive[edge] = 1;
    left[edge]++;
    if (claims.modality[i] < how[edge]) how[edge] = claims.modality[i];
  }
  const stays = new Uint8Array(entities.size);
  for (let i = 0; i < entities.size; i++) {
    const found = !narrow || touched[i] === 1;
    if (found) counts.types[entities.type[i]]++;
    if (found && !noType[entities.type[i]]) { stays[i] = 1; counts.entities++; }
  }
  for (let i = 0; i < edges.size; i++) {
    if (alive[i]) counts.edges++;
    if (whole) how[i] = edges.how[i];
  }
  return { whole, entities: stays, edges: alive, how, claims: left, kept, counts };
}
