// What the pictures of an answer are made of: its rows as the server sends them.
export interface Term { readonly value: string; readonly type: string; readonly datatype?: string }
export type Binding = Readonly<Record<string, Term>>;
export interface Results { getVariables(): string[]; getBindings(): Binding[] }
export interface Yasr { readonly results?: unknown; readonly resultsEl: HTMLDivElement }

export type Words = Readonly<Record<string, string>>;
const held: { words: Words } = { words: {} };
export const say = (key: string): string => held.words[key] ?? key;
export function speak(words: Words): void { held.words = words; }

const NUMBER = /#(integer|decimal|double|float|int|long)$/;
export const isNumber = (term: Term | undefined): boolean => !!term && NUMBER.test(term.datatype ?? "") && Number.isFinite(Number(term.value));
export const isIri = (term: Term | undefined): boolean => term?.type === "uri";

export const OWN = "https://w3id.org/shanshui/id/";

/** The page of a resource, as the server has it. */
export const pageOf = (iri: string): string => {
  return iri.startsWith(OWN) ? `/id/${iri.slice(OWN.length)}` : `/resource?iri=${iri}`;
};

/** The last part of an IRI, as people read it. */
export function local(iri: string): string {
  const part = /[^#/]*$/.exec(iri)?.[0] || iri;
  try { return decodeURIComponent(part); } catch { return part; }
}

export function drawing(width: number, height: number, label: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "drawn" })) svg.setAttribute(key, value);
  return svg;
}

/** An element of a picture; its words are text, whatever they hold. */
export function shape(name: string, attributes: Readonly<Record<string, string | number>>, words = ""): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (words) made.textContent = words;
  return made;
}

export function icon(path: string): Element {
  const svg = drawing(16, 16, "");
  svg.setAttribute("aria-hidden", "true");
  svg.append(shape("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.5 }));
  return svg;
}

export function note(words: string): HTMLElement {
  const made = document.createElement("p");
  made.className = "quiet";
  made.textContent = words;
  return made;
}
