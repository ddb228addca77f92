// Names over the picture: the weightiest first, none over another, more of them as one comes near.
import { pixels } from "./programs";
import { type Colours, now } from "./theme";
import { count, cut } from "./words";

export interface Named {
  readonly x: number;
  readonly y: number;
  /** Radius in pixels. */
  readonly radius: number;
  readonly text: string;
  readonly disc: boolean;
  readonly opened: boolean;
  readonly members: number;
  readonly light: 0 | 1 | 2;
}

type Box = readonly [number, number, number, number];
const CELL = 80;
/** Discs of a larger radius have their names within. */
const INSIDE = 19;

class Boxes {
  private cells = new Map<number, Box[]>();
  private *around([left, top, right, bottom]: Box): Generator<number> {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield x * 10007 + y;
  }
  add(box: Box): void {
    for (const cell of this.around(box)) {
      const there = this.cells.get(cell);
      if (there) there.push(box); else this.cells.set(cell, [box]);
    }
  }
  hits(box: Box): boolean {
    for (const cell of this.around(box)) for (const other of this.cells.get(cell) ?? [])
      if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return true;
    return false;
  }
}

const widths = new Map<string, number>();
let measuredFont = "";

function widthOf(context: CanvasRenderingContext2D, text: string, bold: boolean, font: string): number {
  if (font !== measuredFont) { widths.clear(); measuredFont = font; }
  const key = (bold ? "b" : "n") + text;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = `${bold ? "600 " : ""}100px ${font}`;
    width = context.measureText(text).width / 100;
    if (widths.size > 5000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

function word(context: CanvasRenderingContext2D, text: string, x: number, y: number, size: number, colour: string, bold: boolean, colours: Colours): void {
  context.font = `${bold ? "600 " : ""}${size}px ${colours.font}`;
  context.lineWidth = 4;
  context.strokeStyle = colours.ground;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** Draws the names of `marks`, which stand in order of weight; `faded` where only the lit ones are to be read. */
export function name(context: CanvasRenderingContext2D, marks: readonly Named[], width: number, height: number, faded: boolean): void {
  const colours = now(), boxes = new Boxes(), covered = new Boxes();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const careful = marks.length < 2500;
  if (careful) for (const { x, y, radius, disc, light } of marks) if (!disc && radius > 3 && (!faded || light)) covered.add([x - radius, y - radius, x + radius, y + radius]);
  const most = Math.max(8, Math.round((width * height) / (marks.length > 1200 ? 20000 : marks.length > 500 ? 11000 : 7500)));
  const ranked = [...marks].sort((a, b) => b.light - a.light || Number(b.disc) - Number(a.disc) || b.members - a.members);
  let drawn = 0, outside = 0;
  for (const mark of ranked) {
    if (faded && !mark.light) break;
    if (drawn >= most && mark.light < 2) break;
    if (mark.disc && !mark.opened && !mark.light && mark.radius <= INSIDE && outside++ >= most / 3) continue;
    if (mark.disc ? disc(context, mark, boxes, colours) : single(context, mark, boxes, covered, width, height, drawn < most / 8, marks.length > 1200, colours)) drawn++;
  }
}

function single(context: CanvasRenderingContext2D, mark: Named, boxes: Boxes, covered: Boxes, width: number, height: number, weighty: boolean, air: boolean, colours: Colours): boolean {
  const chosen = mark.light === 2, size = chosen ? 15 : mark.radius > 11 ? 14 : 12.5;
  const text = cut(mark.text, chosen ? 26 : 16);
  const wide = widthOf(context, text, chosen, colours.font) * size + 6, tall = size * (air ? 2.1 : 1.35), gap = mark.radius * 1.15 + (chosen ? 7 : air ? -3 : 2);
  const places: readonly (readonly [number, number])[] = [[mark.x, mark.y + gap + tall / 2], [mark.x, mark.y - gap - tall / 2], [mark.x + gap + wide / 2, mark.y], [mark.x - gap - wide / 2, mark.y]];
  let second: readonly [number, number] | null = null;
  for (const [x, y] of places) {
    const box: Box = [x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2];
    if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2 || boxes.hits(box)) continue;
    if (covered.hits(box)) { second ??= [x, y]; continue; }
    return put([x, y]);
  }
  if (second && (weighty || mark.light)) return put(second);
  return chosen ? put(places[0]) : false;

  function put([x, y]: readonly [number, number]): boolean {
    boxes.add([x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2]);
    word(context, text, x, y, size, chosen ? colours.accent : colours.ink, chosen, colours);
    return true;
  }
}

/** The name of a disc stands in its middle with the number of members beneath; of an open one over its rim. */
function disc(context: CanvasRenderingContext2D, mark: Named, boxes: Boxes, colours: Colours): boolean {
  const { x, radius, opened } = mark;
  const size = radius > 54 ? 15 : radius > 30 ? 13 : 11, least = opened ? 14 : 7;
  const lines = radius > INSIDE && !opened ? wrap(context, mark.text, radius * 1.65, size, colours.font) : [cut(mark.text, 12)];
  const wide = Math.max(...lines.map((text) => widthOf(context, text, false, colours.font) * size)) + 6;
  const inside = !opened && radius > INSIDE, number = inside || opened ? count(mark.members) : "";
  const tall = lines.length * size * 1.3 + (inside ? 15 : 0);
  if (radius < least && mark.light === 0 && mark.members < 3) return false;
  const y = opened ? mark.y - radius - tall / 2 - 2 : inside ? mark.y : mark.y + radius + tall / 2 + 2;
  const box: Box = [x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2];
  // Discs keep clear of each other, and so do names within them, but for the corners of their boxes.
  if (!inside && boxes.hits(box) && mark.light < 2) return false;
  boxes.add(box);
  const colour = mark.light === 2 ? colours.accent : colours.ink;
  lines.forEach((text, n) => word(context, text + (opened ? `  ${number}` : ""), x, box[1] + size * 1.3 * (n + 0.5), size, colour, false, colours));
  if (inside) word(context, number, x, box[3] - 7, 12, colours.quiet, false, colours);
  return true;
}

function wrap(context: CanvasRenderingContext2D, text: string, room: number, size: number, font: string): string[] {
  const each = Math.max(2, Math.floor(room / size)), short = cut(text, each * 2);
  if (widthOf(context, short, false, font) * size <= room) return [short];
  const letters = [...short], spaced = short.lastIndexOf(" ", each * 1.6);
  const half = spaced > 2 ? [...short.slice(0, spaced)].length : Math.ceil(letters.length / 2);
  const fits = (line: string): string => {
    let kept = line;
    while (kept.length > 2 && widthOf(context, kept, false, font) * size > room) kept = [...kept].slice(0, -2).join("") + "…";
    return kept;
  };
  return [fits(letters.slice(0, half).join("").trim()), fits(letters.slice(half).join("").trim())];
}

export { pixels };
