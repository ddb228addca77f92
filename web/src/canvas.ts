// The picture: sigma over WebGL, our own programs for marks, discs and lines, our own names above them.
import { MultiDirectedGraph } from "graphology";
import type { CameraState } from "sigma/types";
import { name, type Named, pixels } from "./labels";
import { Layers } from "./layers";
import { Disc, dye, type Light, Line, look, Mark, Nothing, WHILE_MOVING } from "./programs";
import type { Joined, Scene, Shown } from "./scene";
import type { Camera } from "./state";
import { now } from "./theme";

export interface Lit {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  /** Whether the rest fades. */
  readonly fade: boolean;
}

export interface Touched {
  node(shown: Shown): void;
  edge(joined: Joined): void;
  ground(): void;
  hover(key: string | null): void;
  moved(camera: Camera): void;
}

const FADED = 0.13, HIT = 7;
const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Canvas {
  readonly sigma: Layers;
  private shown: Scene = { nodes: [], edges: [], box: { x: [-1, 1], y: [-1, 1] }, left: { groups: 0, members: 0 }, room: 1 };
  private numbers = new Map<string, number>();
  private ends = new Uint32Array(0);
  private lit: Lit | null = null;
  private changed = new Set<string>();
  private pointed: string | null = null;
  private called: (shown: Shown) => string = () => "";
  private types = new Uint8Array(0);

  /** Its own programs are made at once, so that they compile while the file is still being read. */
  constructor(private readonly host: HTMLElement) {
    this.sigma = new Layers(new MultiDirectedGraph(), host, {
      allowInvalidContainer: true, renderLabels: false, renderEdgeLabels: false, enableEdgeEvents: false, stagePadding: 36, enableCameraRotation: false,
      minCameraRatio: 0.002, maxCameraRatio: 3, defaultNodeType: "mark", defaultEdgeType: "line", zoomDuration: calm() ? 0 : 180, inertiaDuration: calm() ? 0 : 180,
      nodeProgramClasses: { circle: Disc, mark: Mark }, nodeHoverProgramClasses: { circle: Nothing, mark: Nothing },
      edgeProgramClasses: { line: Line, arrow: Nothing }, defaultDrawNodeHover: () => undefined, zoomToSizeRatioFunction: (ratio) => ratio,
    });
    this.sigma.begin();
    this.sigma.on("afterRender", () => this.write());
    new ResizeObserver(() => {
      const { width, height } = this.sigma.getDimensions();
      if (host.offsetWidth !== width || host.offsetHeight !== height) this.sigma.scheduleRender();
    }).observe(host);
    let still = 0;
    this.sigma.getCamera().on("updated", () => {
      look.moving = look.lines > WHILE_MOVING;
      clearTimeout(still);
      if (look.moving) still = window.setTimeout(() => { look.moving = false; this.sigma.scheduleRender(); }, 160);
    });
  }

  /** Says how marks are called and what is to happen when they are touched. */
  listen(called: (shown: Shown) => string, types: Uint8Array, touched: Touched): void {
    const { sigma, host } = this;
    this.called = called;
    this.types = types;
    (sigma as unknown as { getNodeAtPosition(at: { x: number; y: number }): string | null }).getNodeAtPosition = ({ x, y }) => this.nodeAt(x, y);
    sigma.on("clickNode", ({ node, event }) => {
      const mark = this.shown.nodes[this.numbers.get(node) ?? -1];
      if (!mark) return;
      const edge = mark.opened ? this.edgeAt(event.x, event.y) : null;
      if (edge) touched.edge(edge); else touched.node(mark);
    });
    sigma.on("clickStage", ({ event }) => {
      const edge = this.edgeAt(event.x, event.y);
      if (edge) touched.edge(edge); else touched.ground();
    });
    sigma.on("doubleClickNode", ({ preventSigmaDefault }) => preventSigmaDefault());
    const point = (key: string | null): void => {
      if (key === this.pointed) return;
      this.pointed = key;
      host.style.cursor = key ? "pointer" : "";
      touched.hover(key);
    };
    sigma.on("enterNode", ({ node }) => { if (!this.shown.nodes[this.numbers.get(node) ?? -1]?.opened) point(node); });
    sigma.on("leaveNode", () => point(null));
    sigma.on("moveBody", ({ event }) => {
      if (this.pointed || this.shown.edges.length > 30000 || event.original.target !== host.querySelector(".sigma-mouse")) return;
      host.style.cursor = this.edgeAt(event.x, event.y) ? "pointer" : "";
    });
    sigma.getCamera().on("updated", ({ x, y, ratio }: CameraState) => touched.moved({ x, y, ratio }));
    this.dye();
  }

  /** Colours again, after a change of theme. */
  dye(): void {
    dye(now());
    this.sigma.scheduleRender();
  }

  show(scene: Scene): void {
    const graph = new MultiDirectedGraph();
    const { box } = scene, ratio = Math.max(box.x[1] - box.x[0], box.y[1] - box.y[0]) || 1;
    this.shown = scene;
    this.numbers = new Map(scene.nodes.map(({ key }, n) => [key, n]));
    for (const { key, x, y, entity, radius, importance, opened, shares } of scene.nodes)
      graph.addNode(key, { x, y, size: 1, radius: radius / ratio, importance, light: 0, ...(entity < 0 ? { type: "circle", opened, shares, tint: 0 } : { type: "mark", shape: this.types[entity] }) });
    this.ends = new Uint32Array(scene.edges.length * 2);
    scene.edges.forEach(({ key, from, to, edge, how, width, bend }, n) => {
      this.ends[2 * n] = this.numbers.get(from) ?? 0;
      this.ends[2 * n + 1] = this.numbers.get(to) ?? 0;
      const target = scene.nodes[this.ends[2 * n + 1]];
      graph.addDirectedEdgeWithKey(key, from, to, { type: "line", size: 1, how, width, bend, light: 0, arrow: edge >= 0 ? 1 : target.opened ? 2 : 0, tip: target.radius / ratio, tipImportance: target.importance });
    });
    const tall = Math.min(box.x[1] - box.x[0], box.y[1] - box.y[0]) / ratio;
    look.room = scene.room / ratio || Math.sqrt(Math.max(tall, 0.1) / Math.max(scene.nodes.length, 1));
    look.lines = scene.edges.length;
    this.changed.clear();
    this.pointed = null;
    this.sigma.setCustomBBox({ x: [...box.x], y: [...box.y] });
    this.sigma.setGraph(graph);
    const { lit } = this;
    this.lit = null;
    if (lit) this.light(lit);
  }

  /** Lets some stand out while the rest fade; null lets all be as they are. */
  light(lit: Lit | null): void {
    if (!lit && !this.lit) return;
    const graph = this.sigma.getGraph();
    const nodes = new Set<string>(), edges = new Set<string>();
    for (const key of this.changed) (graph.hasNode(key) ? nodes : edges).add(key);
    for (const key of lit?.nodes ?? []) if (graph.hasNode(key)) nodes.add(key);
    for (const key of lit?.chosen ?? []) if (graph.hasNode(key)) nodes.add(key); else if (graph.hasEdge(key)) edges.add(key);
    for (const key of lit?.edges ?? []) if (graph.hasEdge(key)) edges.add(key);
    const of = (key: string, some: ReadonlySet<string> | undefined): Light => (lit?.chosen.has(key) ? 2 : some?.has(key) ? 1 : 0);
    for (const key of [...nodes]) if (graph.hasNode(key)) graph.getNodeAttributes(key).light = of(key, lit?.nodes); else nodes.delete(key);
    for (const key of [...edges]) if (graph.hasEdge(key)) graph.getEdgeAttributes(key).light = of(key, lit?.edges); else edges.delete(key);
    this.changed = new Set([...(lit?.nodes ?? []), ...(lit?.edges ?? []), ...(lit?.chosen ?? [])].filter((key) => graph.hasNode(key) || graph.hasEdge(key)));
    this.lit = lit;
    look.fade = lit?.fade ? FADED : 1;
    this.sigma.refresh({ partialGraph: { nodes: [...nodes], edges: [...edges] }, skipIndexation: true, schedule: true });
  }

  /** Names above the picture, after each frame. */
  private write(): void {
    const { width, height } = this.sigma.getDimensions();
    if (this.shown.nodes.length) name(this.sigma.names, this.inView(width, height), width, height, this.lit?.fade ?? false);
  }

  private inView(width: number, height: number): Named[] {
    const place = this.placer(), seen: Named[] = [], most = 4000;
    const ratio = this.frame();
    for (const shown of this.shown.nodes) {
      const x = place.ax * shown.x + place.bx, y = place.ay * shown.y + place.by;
      const radius = pixels(shown.radius / ratio, shown.importance);
      if (x < -radius || x > width + radius || y < -radius || y > height + radius) continue;
      const light = this.lit ? (this.lit.chosen.has(shown.key) ? 2 : this.lit.nodes.has(shown.key) ? 1 : 0) : 0;
      if (seen.length >= most && !light) continue;
      seen.push({ x, y, radius, text: this.called(shown), disc: shown.entity < 0, opened: shown.opened, members: shown.members, light });
    }
    return seen;
  }

  private frame(): number {
    const { x, y } = this.shown.box;
    return Math.max(x[1] - x[0], y[1] - y[0]) || 1;
  }

  /** From graph to picture: x' = ax·x + bx. */
  private placer(): { ax: number; bx: number; ay: number; by: number } {
    const zero = this.sigma.graphToViewport({ x: 0, y: 0 }), far = this.frame(), one = this.sigma.graphToViewport({ x: far, y: far });
    return { ax: (one.x - zero.x) / far, bx: zero.x, ay: (one.y - zero.y) / far, by: zero.y };
  }

  private nodeAt(x: number, y: number): string | null {
    const { ax, bx, ay, by } = this.placer(), ratio = this.frame(), { nodes } = this.shown;
    let nearest = Infinity, found = -1;
    for (let n = 0; n < nodes.length; n++) {
      const one = nodes[n], dx = ax * one.x + bx - x, dy = ay * one.y + by - y;
      const radius = pixels(one.radius / ratio, one.importance), reach = one.entity < 0 ? radius : Math.max(radius * 1.15, 7);
      if (dx > reach || dx < -reach || dy > reach || dy < -reach) continue;
      // Marks stand before closed discs, and these before open ones.
      const far = Math.hypot(dx, dy), rank = far + (one.entity >= 0 ? 0 : one.opened ? 2e6 : 1e6);
      if (far <= reach && rank < nearest) { nearest = rank; found = n; }
    }
    return found < 0 ? null : nodes[found].key;
  }

  private edgeAt(x: number, y: number): Joined | null {
    const { ax, bx, ay, by } = this.placer(), { nodes, edges } = this.shown;
    let nearest = HIT, found = -1;
    for (let n = 0; n < edges.length; n++) {
      const a = nodes[this.ends[2 * n]], b = nodes[this.ends[2 * n + 1]];
      const x0 = ax * a.x + bx, y0 = ay * a.y + by, x1 = ax * b.x + bx, y1 = ay * b.y + by;
      const dx = x1 - x0, dy = y1 - y0, far = Math.hypot(dx, dy);
      if (far < 1) continue;
      const along = ((x - x0) * dx + (y - y0) * dy) / (far * far);
      if (along < 0 || along > 1) continue;
      // The picture's y runs down, the graph's up: a bend to the left there is to the right here.
      const bend = edges[n].bend * Math.min(far * 0.16, 34), across = ((x - x0) * dy - (y - y0) * dx) / far;
      const off = Math.abs(across - 4 * bend * along * (1 - along));
      if (off < nearest && (!this.lit?.fade || this.lit.edges.has(edges[n].key) || off < 3)) { nearest = off; found = n; }
    }
    return found < 0 ? null : edges[found];
  }

  /** What a mark is joined to in the picture. */
  around(key: string): { nodes: Set<string>; edges: Set<string> } {
    const nodes = new Set([key]), edges = new Set<string>(), number = this.numbers.get(key);
    this.shown.edges.forEach((edge, n) => {
      if (this.ends[2 * n] !== number && this.ends[2 * n + 1] !== number) return;
      edges.add(edge.key);
      nodes.add(edge.from).add(edge.to);
    });
    return { nodes, edges };
  }

  /** What is seen and where, for those who draw it by other means. */
  plot(): { width: number; height: number; scene: Scene; lit: Lit | null; named: readonly Named[]; at(shown: Shown): { x: number; y: number; radius: number } } {
    const { width, height } = this.sigma.getDimensions(), place = this.placer(), ratio = this.frame();
    return { width, height, scene: this.shown, lit: this.lit, named: this.inView(width, height),
      at: (shown) => ({ x: place.ax * shown.x + place.bx, y: place.ay * shown.y + place.by, radius: pixels(shown.radius / ratio, shown.importance) }) };
  }

  /** The picture as it stands, on one sheet of its own ground; `sharp` pixels for one of the screen's. */
  snapshot(sharp = window.devicePixelRatio || 1): HTMLCanvasElement {
    const { sigma } = this, sheet = document.createElement("canvas"), usual = Object.getOwnPropertyDescriptor(window, "devicePixelRatio"), other = sharp !== window.devicePixelRatio;
    if (other) {
      // sigma knows no other way to another sharpness than the window's.
      Object.defineProperty(window, "devicePixelRatio", { configurable: true, get: () => sharp });
      sigma.resize(true);
    }
    sigma.refresh({ partialGraph: {}, skipIndexation: true, schedule: false });
    const layers = sigma.getContainer().querySelectorAll("canvas");
    sheet.width = layers[0].width;
    sheet.height = layers[0].height;
    const context = sheet.getContext("2d") as CanvasRenderingContext2D;
    context.fillStyle = now().ground;
    context.fillRect(0, 0, sheet.width, sheet.height);
    for (const layer of layers) context.drawImage(layer, 0, 0, sheet.width, sheet.height);
    if (other) {
      if (usual) Object.defineProperty(window, "devicePixelRatio", usual); else Reflect.deleteProperty(window, "devicePixelRatio");
      sigma.resize(true);
      sigma.refresh({ partialGraph: {}, skipIndexation: true, schedule: true });
    }
    return sheet;
  }

  get scene(): Scene { return this.shown; }

  has(key: string): boolean { return this.numbers.has(key); }

  shownAt(key: string): Shown | null { return this.shown.nodes[this.numbers.get(key) ?? -1] ?? null; }

  /** Where a mark stands on the screen. */
  positionOf(key: string): { x: number; y: number } | null {
    const shown = this.shownAt(key);
    if (!shown) return null;
    const { left, top } = this.sigma.getContainer().getBoundingClientRect(), place = this.sigma.graphToViewport(shown);
    return { x: left + place.x, y: top + place.y };
  }

  get camera(): Camera {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    return { x, y, ratio };
  }

  move(camera: Camera, animate = true): void {
    if (!animate || calm()) this.sigma.getCamera().setState({ ...camera, angle: 0 });
    else void this.sigma.getCamera().animate({ ...camera, angle: 0 }, { duration: 300 });
  }

  fit(animate = true): void { this.move({ x: 0.5, y: 0.5, ratio: 1 }, animate); }

  zoom(factor: number): void {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    this.move({ x, y, ratio: Math.min(Math.max(ratio / factor, 0.002), 3) });
  }

  /** Brings some marks into the picture, coming no nearer than makes them legible. */
  bring(keys: readonly string[], animate = true, nearest = 0.12): void {
    const some = keys.map((key) => this.shownAt(key)).filter((shown): shown is Shown => shown !== null);
    if (!some.length) return;
    const ratio = this.frame(), { box } = this.shown, dx = (box.x[0] + box.x[1]) / 2, dy = (box.y[0] + box.y[1]) / 2;
    const reach = (shown: Shown): number => (shown.entity < 0 ? shown.radius : 0);
    const left = Math.min(...some.map((s) => s.x - reach(s))), right = Math.max(...some.map((s) => s.x + reach(s)));
    const low = Math.min(...some.map((s) => s.y - reach(s))), high = Math.max(...some.map((s) => s.y + reach(s)));
    const { width, height } = this.sigma.getDimensions();
    const scale = Math.min((width - 200) / Math.max(right - left, 1e-9), (height - 140) / Math.max(high - low, 1e-9));
    const { ax } = this.placer(), wanted = (this.camera.ratio * ax) / scale;
    this.move({ x: 0.5 + ((left + right) / 2 - dx) / ratio, y: 0.5 + ((low + high) / 2 - dy) / ratio, ratio: Math.min(Math.max(wanted, Math.min(nearest, this.camera.ratio)), 1) }, animate);
  }
}
