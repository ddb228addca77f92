// Pictures as text. Imports nothing of the page, so that it is tested by itself.

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
// What XML 1.0 has no place for: controls, lone surrogates, the last two points.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text without what XML has no place for. */
export const sound = (text: string): string => text.replace(FORBIDDEN, "");

export function escapeXml(text: string): string {
  return sound(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
}

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

const number = (value: number): string => (Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "0");

/** An element as text; its content is text already made by `tag` or `words`. */
export function tag(name: string, attributes: Attributes = {}, ...content: readonly string[]): string {
  const said = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : escapeXml(value as string)}"`).join("");
  return content.length ? `<${name}${said}>${content.join("")}</${name}>` : `<${name}${said}/>`;
}

/** Letters that stand by themselves, whatever way the text around them runs. */
export function words(text: string, attributes: Attributes = {}): string {
  return tag("text", { "unicode-bidi": "isolate", ...attributes }, escapeXml(text));
}

export const wide = (letter: string): boolean => /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(letter);

/** About how wide a text is, in pixels. */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += wide(letter) ? 1 : 0.57;
  return ems * size;
}

/** A text cut to a width. */
export function fit(text: string, size: number, room: number): string {
  if (text.length * size <= room) return text;
  let ems = 0, kept = "";
  for (const letter of text) {
    ems += wide(letter) ? 1 : 0.57;
    if ((ems + 0.9) * size > room) return widthOf(text.slice(0, kept.length + 4), size) <= room && text.length <= kept.length + 4 ? text : `${kept.trimEnd()}…`;
    kept += letter;
  }
  return text;
}

const TURNS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A name within a line that no element can hold apart, such as a label: whatever way it runs, the line goes on as before. */
export function alone(text: string): string {
  const plain = text.replace(TURNS, "");
  return plain !== text || RIGHT.test(plain) ? `\u2068${plain}\u2069` : text;
}

const TYPES = ["Agency", "Programme", "WaterFeature", "Project", "Place"] as const;

/** The outline of a type's mark around the origin, as the picture draws it; circles where it is too small for shapes. */
export function mark(type: number, r: number): string {
  const at = (...points: (readonly [number, number])[]): string => `M${points.map(([x, y]) => `${number(x * r)} ${number(y * r)}`).join("L")}Z`;
  const round = (y: number, k: number): string => `M0 ${number((y - k) * r)}a${number(k * r)} ${number(k * r)} 0 1 0 .01 0Z`;
  const kind = r < 4 ? "Agency" : TYPES[type];
  if (kind === "Programme") return at([-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]);
  if (kind === "Project") return at([0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]);
  if (kind === "Place") return at([0, -1.32], [1.247, 0.84], [-1.247, 0.84]);
  if (kind === "WaterFeature") return `M0 ${number(-1.22 * r)}L${number(0.696 * r)} ${number(-0.19 * r)}A${number(0.84 * r)} ${number(0.84 * r)} 0 1 1 ${number(-0.696 * r)} ${number(-0.19 * r)}Z`;
  return round(0, 1);
}
