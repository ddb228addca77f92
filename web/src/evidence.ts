// Evidence, always in the same form: the sentence, the words marked, the document's title and date.
import { type Graph, sentence, type Sentence } from "./data";
import { bdi, button, el, isNot } from "./dom";
import { t, term } from "./words";

export interface Stated { readonly sentence: number; readonly document: number; readonly modality: number; readonly confidence?: number }

const FIRST = 3;

export function modality(graph: Graph, index: number): HTMLElement | null {
  const name = graph.page.modalities[index];
  if (!name || name === "done") return null;
  return el("span", { class: isNot(name) ? "chip no" : "chip" }, term(name));
}

/** The sentence with the mentions of entities underlined in the colour of their type. */
export function marked(graph: Graph, { text, marks }: Sentence, strong: ReadonlySet<number>): (Node | string)[] {
  const pieces: (Node | string)[] = [];
  let at = 0;
  for (const { start, end, entity } of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start));
    const type = graph.page.types[graph.entities.type[entity]] ?? "";
    pieces.push(el("mark", { style: `--mark:var(--${type})`, class: strong.has(entity) ? "strong" : "" }, text.slice(start, end)));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}

/** Words that stand in one line. */
const whole = (words: string): HTMLElement => el("span", { class: "whole" }, words);

export function source(graph: Graph, paper: number): HTMLElement {
  const { documents, page } = graph;
  const title = documents.title[paper] ?? "";
  const named = page.server ? el("a", { href: page.server + documents.iri[paper], rel: "noopener" }, bdi(title)) : bdi(title);
  return el("footer", {}, named, documents.issued[paper] ? " · " : "", whole(documents.issued[paper] ?? ""));
}

function quote(graph: Graph, stated: Stated, strong: ReadonlySet<number>): HTMLElement {
  const words = el("p", { class: "sentence" }, "…"), made = el("blockquote", {}, words, source(graph, stated.document));
  const chip = modality(graph, stated.modality);
  if (chip) made.lastElementChild?.append(" ", chip);
  if (stated.confidence !== undefined && stated.confidence < 100) made.lastElementChild?.append(" · ", whole(t("sure", { n: stated.confidence })));
  void sentence(graph.page, stated.sentence).then((found) => {
    if (found) words.replaceChildren(...marked(graph, found, strong));
    else { words.textContent = t("cut"); words.className = "quiet"; }
  }).catch(() => { words.textContent = t("unread"); words.className = "quiet"; });
  return made;
}

/** The sentences of some statements, each once, the first few at once and the rest when asked for. */
export function evidence(graph: Graph, statements: readonly Stated[], about: readonly number[]): HTMLElement {
  const unique = [...new Map(statements.map((one) => [`${one.sentence} ${one.modality}`, one])).values()];
  const strong = new Set(about), made = el("div", { class: "evidence" });
  let shown = 0;
  const more = (): void => {
    const step = shown === 0 ? FIRST : 20;
    made.querySelector(":scope > .more")?.remove();
    for (const one of unique.slice(shown, shown + step)) made.append(quote(graph, one, strong));
    shown += step;
    if (shown < unique.length) made.append(button(t("more", { n: unique.length - shown }), more, { class: "link more" }));
  };
  more();
  return made;
}

/** The claims of an edge that the filters let through. */
export function claimsOf(graph: Graph, edge: number, kept?: Uint8Array): Stated[] {
  const { claims, claimsFrom } = graph, found: Stated[] = [];
  for (let i = claimsFrom[edge]; i < claimsFrom[edge + 1]; i++)
    if (!kept || kept[i]) found.push({ sentence: claims.sentence[i], document: claims.document[i], modality: claims.modality[i], confidence: claims.confidence[i] });
  return found.sort((a, b) => a.modality - b.modality || (b.confidence ?? 100) - (a.confidence ?? 100));
}

let numbered = 0;

/** A row with a button that opens what belongs to it. */
export function opening(head: readonly (Node | string | null)[], label: string, body: () => HTMLElement, open = false): HTMLElement {
  const id = `opened-${++numbered}`, region = el("div", { id, hidden: true });
  const toggle = button(label, () => set(toggle.getAttribute("aria-expanded") !== "true"), { class: "open", "aria-expanded": "false", "aria-controls": id });
  const set = (shown: boolean): void => {
    toggle.setAttribute("aria-expanded", String(shown));
    region.hidden = !shown;
    if (shown && !region.childNodes.length) region.append(body());
  };
  const made = el("li", { class: "fact" }, el("div", { class: "columns" }, el("span", { class: "head" }, ...head), toggle), region);
  if (open) set(true);
  return made;
}
