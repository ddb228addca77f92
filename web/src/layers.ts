// sigma on two sheets: one WebGL context for lines and marks, one sheet for names; it would take three and four. Every further context
// is made, sized and laid over the others in each frame, which is what a first picture waits for where the processor draws.
import type { AbstractGraph } from "graphology-types";
import Sigma from "sigma";
import type { Settings } from "sigma/settings";

type Contexts = Record<string, RenderingContext>;

/** What sigma keeps to itself: its contexts by their names. */
const inner = (sigma: Sigma) => sigma as unknown as { readonly webGLContexts: Contexts; readonly canvasContexts: Contexts };

export class Layers extends Sigma {
  constructor(graph: AbstractGraph, host: HTMLElement, settings: Partial<Settings>) {
    super(graph, host, settings);
    // What is hovered is lit in place, not drawn a second time on a sheet of its own.
    Object.assign(this, { renderHighlightedNodes: () => undefined, scheduleHighlightedNodesRender: () => undefined });
  }

  override createWebGLContext(id: string): WebGLRenderingContext {
    const { webGLContexts } = inner(this);
    if (!shared(webGLContexts, id)) {
      // Of its size at once: sigma would make it small and have it made again.
      const canvas = this.createCanvas(id), { offsetWidth, offsetHeight } = this.getContainer(), sharp = window.devicePixelRatio || 1;
      canvas.width = offsetWidth * sharp;
      canvas.height = offsetHeight * sharp;
      super.createWebGLContext(id, { canvas, depth: false } as object);
    }
    return webGLContexts[id] as WebGLRenderingContext;
  }

  override createCanvasContext(id: string, options = {}): this {
    const { canvasContexts } = inner(this);
    // The uppermost layer only feels the pointer.
    if (id === "mouse") this.createLayer(id, "div", options);
    else if (!shared(canvasContexts, id)) super.createCanvasContext(id, options);
    return this;
  }

  /** Has the programs compiled now, while the page does other things. */
  begin(): void {
    for (const gl of Object.values(inner(this).webGLContexts)) (gl as WebGLRenderingContext).flush();
  }

  /** The sheet for names. */
  get names(): CanvasRenderingContext2D {
    return Object.values(inner(this).canvasContexts)[0] as CanvasRenderingContext2D;
  }
}

/** Gives a further name to the one context there is; hidden from enumeration, by which sigma sizes each. */
function shared(contexts: Contexts, id: string): boolean {
  const [first] = Object.values(contexts);
  if (first) Object.defineProperty(contexts, id, { value: first, configurable: true });
  return Boolean(first);
}
