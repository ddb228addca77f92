// Elements made from code; whatever comes from the graph enters as text, never as markup.

export type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | ((event: never) => void) | null | undefined>>;

function fit<E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value as unknown as EventListener);
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return fit(document.createElement(tag), attributes, children);
}

export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fit(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

export function button(label: Child | readonly Child[], click: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement {
  return el("button", { type: "button", click: click as (event: never) => void, ...attributes }, ...(Array.isArray(label) ? (label as Child[]) : [label as Child]));
}

/** A name from the graph, kept apart from the direction of the text around it. */
export const bdi = (name: string, attributes: Attributes = {}): HTMLElement => el("bdi", attributes, name);

export const PATHS: Readonly<Record<string, string>> = {
  Agency: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z", Programme: "M3 3h10v10H3z", Project: "M8 1.5L14.5 8L8 14.5L1.5 8z", Place: "M8 2L14.5 13.5H1.5z",
  WaterFeature: "M8 1.2C10.6 5 12.6 7.4 12.6 10a4.6 4.6 0 0 1-9.2 0C3.4 7.4 5.4 5 8 1.2z", value: "M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z",
};

/** The mark of a type of entity, as in the picture. */
export function icon(type: string): SVGElement {
  return svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" },
    svg("path", { d: PATHS[type] ?? PATHS.Agency, fill: `var(--${type})`, stroke: "var(--ink)", "stroke-width": 1 }));
}

const DASHES: Readonly<Record<string, string>> = { planned: "6 4", required: "0.1 4" };
export const isNot = (modality: string): boolean => modality === "negated" || modality === "prohibited";

/** The line of a modality, as in the picture. */
export function line(modality: string): SVGElement {
  const not = isNot(modality);
  return svg("svg", { width: 24, height: 16, viewBox: "0 0 24 16", "aria-hidden": "true", class: "icon" },
    svg("path", { d: "M1 8H23", fill: "none", stroke: not ? "var(--quiet)" : "var(--ink)", "stroke-width": modality === "ongoing" ? 1 : 2,
      "stroke-linecap": modality === "required" ? "round" : "butt", "stroke-dasharray": DASHES[modality] ?? "none" }),
    not && svg("path", { d: "M8.5 4.5l7 7m0-7l-7 7", stroke: "var(--accent)", "stroke-width": 1.6, fill: "none" }));
}
