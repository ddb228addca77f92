// What a reader takes away: pictures, tables, links. Each row of the menu has the key of its string and what it does.
import { programmesIn, subjectOf } from "./cited";
import type { Canvas } from "./canvas";
import { csv, fileName } from "./csv";
import { el } from "./dom";
import { foot, graphPicture, head, matrixPicture, type Picture, timelinePicture } from "./drawing";
import { claimsOf } from "./evidence";
import type { Host } from "./host";
import { valuesLeft } from "./lanes";
import { matrixDrawn } from "./matrix";
import { tag } from "./svg";
import { now } from "./theme";
import { timelineDrawn } from "./timeline";
import { spoken, t, term } from "./words";

export interface Taken { readonly key: string; take(): void | Promise<void> }

const SHARP = 2, MOST_PIXELS = 64e6, MOST_SIDE = 16000;

/** Says it to everyone, for a while. */
function tell(host: Host, text: string): void {
  host.say(text);
  document.getElementById("told")?.remove();
  const told = el("p", { id: "told", "aria-hidden": "true" }, text);
  document.body.append(told);
  setTimeout(() => told.remove(), 5000);
}

function save(host: Host, blob: Blob, ending: string, what = ""): void {
  const { graph, store } = host, drawn = store.state.view === "matrix" ? matrixDrawn()?.title ?? "" : "";
  const name = fileName([graph.page.title[spoken()], store.state.view === "graph" ? "" : t(`view-${store.state.view}`), drawn, what].filter(Boolean).join(" "), ending);
  const url = URL.createObjectURL(blob), link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  tell(host, t("taken", { name }));
}

function picture(host: Host): Picture | null {
  const { canvas } = host, { view } = host.store.state, strip = timelineDrawn(), grid = matrixDrawn();
  if (view === "timeline") return strip ? timelinePicture(host, strip) : null;
  if (view === "matrix") return grid ? matrixPicture(host, grid) : null;
  return canvas ? graphPicture(host, canvas) : null;
}

async function imageOf({ text }: Picture): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml;charset=utf-8" })), image = new Image();
  try {
    image.src = url;
    await image.decode();
    return image;
  } finally { URL.revokeObjectURL(url); }
}

function sheet(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; sharp: number } {
  const sharp = Math.min(SHARP, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / width, MOST_SIDE / height), canvas = el("canvas", { width: Math.round(width * sharp), height: Math.round(height * sharp) });
  return { canvas, sharp, context: canvas.getContext("2d") as CanvasRenderingContext2D };
}

/** The layers of the picture between its head and its legend. */
async function layers(host: Host, shown: Canvas): Promise<HTMLCanvasElement> {
  const { width, height } = shown.sigma.getDimensions(), { font, ground } = now(), top = head(host, width, t("view-graph")), below = foot(host, width, false);
  const around = (text: string, tall: number): Promise<HTMLImageElement> => imageOf({ width, height: tall, text: tag("svg", { xmlns: "http://www.w3.org/2000/svg", width: width * SHARP, height: tall * SHARP, viewBox: `0 0 ${width} ${tall}`, "font-family": font }, text) });
  const [over, under] = await Promise.all([around(top.text, top.height), around(below.text, below.height)]), all = top.height + height + below.height, { canvas, context, sharp } = sheet(width, all);
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(shown.snapshot(sharp), 0, top.height * sharp, width * sharp, height * sharp);
  context.drawImage(over, 0, 0, width * sharp, top.height * sharp);
  context.drawImage(under, 0, (top.height + height) * sharp, width * sharp, below.height * sharp);
  return canvas;
}

async function drawn(host: Host): Promise<HTMLCanvasElement | null> {
  if (host.store.state.view === "graph") return host.canvas ? layers(host, host.canvas) : null;
  const made = picture(host);
  if (!made) return null;
  const { canvas, context } = sheet(made.width, made.height);
  context.drawImage(await imageOf(made), 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Edges in the present view: of the matrix its cells', of the timeline its documents', else all that the filters let through. */
function edgesShown(host: Host): number[] {
  const { view } = host.store.state, kept = host.sieved().edges, all = [...kept.keys()].filter((edge) => kept[edge]), grid = matrixDrawn();
  if (view === "timeline") return [...new Set([...programmesIn(host).values()].flatMap((some) => [...some.keys()]))].sort((a, b) => a - b);
  if (view !== "matrix" || !grid) return all;
  return grid.grid.rows.flatMap((row) => grid.grid.columns.flatMap((column) => grid.grid.cell(row.id, column.id)?.edges ?? []));
}

export function edgeRows(host: Host, edges: readonly number[]): (string | number)[][] {
  const { graph } = host, { entities, documents, page } = graph, { from, to, predicate } = graph.edges, { kept } = host.sieved(), iri = (id: number): string => page.base + entities.iri[id];
  const head = ["from", "predicate", "to", "modality", "claims", "documents", "from-type", "to-type", "from-iri", "to-iri", "document-iri"].map((key) => t(`column-${key}`));
  return [head, ...edges.map((edge) => {
    const stated = claimsOf(graph, edge, kept), papers = [...new Set(stated.map((one) => one.document))].filter((paper) => paper >= 0), a = from[edge], b = to[edge];
    return [entities.name[a], term(page.predicates[predicate[edge]]), entities.name[b], [...new Set(stated.map((one) => term(page.modalities[one.modality])))].join("; "), stated.length, papers.map((paper) => documents.title[paper]).join("; "),
      term(page.types[entities.type[a]]), term(page.types[entities.type[b]]), iri(a), iri(b), papers.map((paper) => page.base + documents.iri[paper]).join(" ")];
  })];
}

export function valueRows(host: Host, ids: readonly number[]): (string | number)[][] {
  const { graph } = host, { values: v, entities, documents, page, indicators, units, periods } = graph, named = (id: number): string => (id >= 0 ? entities.name[id] : "");
  const head = ["subject", "scope", "indicator", "kind", "operator", "number", "upper", "unit", "period", "written", "modality", "documents", "issued", "from-iri", "document-iri"].map((key) => t(`column-${key}`));
  return [head, ...ids.map((n) => {
    const subject = subjectOf(graph, n), paper = v.document[n];
    return [named(subject), named(v.scope[n]), indicators[v.indicator[n]] ?? "", t(page.kinds[v.kind[n]]), v.operator[n] === "=" ? "" : v.operator[n], v.number[n], v.upper[n], units[v.unit[n]] ?? "", periods[v.period[n]] ?? "", v.written[n], term(page.modalities[v.modality[n]]),
      documents.title[paper] ?? "", documents.issued[paper] ?? "", subject >= 0 ? page.base + entities.iri[subject] : "", paper >= 0 ? page.base + documents.iri[paper] : ""];
  })];
}

async function copy(host: Host): Promise<void> {
  const link = location.href.replace(/#.*$/, "") + host.store.hash();
  try {
    await navigator.clipboard.writeText(link);
    tell(host, t("copied"));
  } catch {
    const held = el("textarea", { class: "sr", "aria-hidden": "true" });
    held.value = link;
    document.body.append(held);
    held.select();
    const done = document.execCommand("copy");
    held.remove();
    tell(host, done ? t("copied") : t("copyThis", { link }));
  }
}

export function takeaway(host: Host): Taken[] {
  const { server } = host.page, nothing = (): void => tell(host, t("takeNothing"));
  const table = (rows: (string | number)[][], what: string): void => { if (rows.length > 1) save(host, new Blob([csv(rows)], { type: "text/csv;charset=utf-8" }), "csv", t(what)); else nothing(); };
  const careful = (take: () => void | Promise<void>) => async (): Promise<void> => {
    try { await take(); } catch (error) { console.warn(error); tell(host, t("takeFailed", { why: error instanceof Error ? error.message : String(error) })); }
  };
  const items: Taken[] = [
    { key: "takePng", take: async () => {
      const made = await drawn(host), blob = made && await new Promise<Blob | null>((give) => made.toBlob(give, "image/png"));
      if (blob) save(host, blob, "png"); else nothing();
    } },
    { key: "takeSvg", take: () => { const made = picture(host); if (made) save(host, new Blob([made.text], { type: "image/svg+xml;charset=utf-8" }), "svg"); else nothing(); } },
    { key: "takeEdges", take: () => table(edgeRows(host, edgesShown(host)), "relations") },
    { key: "takeValues", take: () => table(valueRows(host, valuesLeft(host.graph, host.store.state.filters)), "figures") },
    { key: "takeLink", take: () => copy(host) },
  ];
  if (server) items.push({ key: "takePage", take: () => {
    const { selected } = host.store.state;
    if (selected?.kind === "entity") location.assign(server + host.graph.entities.iri[selected.id]); else tell(host, t("takeChoose"));
  } });
  return items.map(({ key, take }) => ({ key, take: careful(take) }));
}
