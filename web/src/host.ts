// What the parts of the page share: the graph, the state, and the ways to move about in it.
import type { Canvas } from "./canvas";
import type { Graph, Page } from "./data";
import type { Groupings } from "./groups";
import type { Sieved } from "./sieve";
import type { Store } from "./state";

export interface Host {
  /** The small part of the file that is there before the graph is read. */
  readonly page: Page;
  readonly graph: Graph;
  /** The picture; null where the browser has no WebGL. */
  readonly canvas: Canvas | null;
  readonly groupings: Groupings;
  readonly store: Store;
  /** What the present filters let through. */
  sieved(): Sieved;
  /** Selects an entity, brings it into the picture, and hands the keyboard to the panel where asked. */
  choose(entity: number, read?: boolean): void;
  chooseEdge(edge: number): void;
  chooseGroup(group: number): void;
  /** Says something to a screen reader. */
  say(text: string): void;
}
