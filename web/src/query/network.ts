// An answer as a graph: each row leads from its first resource to its next, with the word between them where there is one.
import { fit, mark } from "../svg";
import { drawing, icon, isIri, local, note, pageOf, say, shape, type Binding, type Results, type Yasr } from "./rows";

const MOST = 80, SIZE = 760, KINDS = ["agency", "programme", "water", "project", "place"], NAMES = ["Agency", "Programme", "WaterFeature", "Project", "Place"];

interface Node { readonly iri: string; readonly name: string; x: number; y: number; links: number }
interface Edge { readonly from: Node; readonly to: Node; readonly word: string }

/** The columns that hold resources which are no sentences, claims or documents. */
export function ends(found: Results): readonly string[] {
  const rows = found.getBindings();
  return found.getVariables().filter((name) => name !== "predicate" && rows.some((row) => isIri(row[name]) && !/#char=|\/claim\/|\/document\//.test(row[name].value)));
}

function edges(found: Results): { nodes: Node[]; edges: Edge[] } {
  const [from, to] = ends(found), nodes = new Map<string, Node>(), made: Edge[] = [], word = found.getVariables().find((name) => /predicate|relation|does/.test(name));
  const node = (row: Binding, column: string): Node | null => {
    const { value } = row[column] ?? {};
    if (!value || !isIri(row[column])) return null;
    const known = nodes.get(value);
    if (known || nodes.size >= MOST) return known ?? null;
    const angle = nodes.size * 2.39996, far = 40 + 34 * Math.sqrt(nodes.size);
    const added = { iri: value, name: row[column.replace(/Iri$/, "")]?.type === "literal" ? row[column.replace(/Iri$/, "")].value : local(value), x: far * Math.cos(angle), y: far * Math.sin(angle), links: 0 };
    nodes.set(value, added);
    return added;
  };
  for (const row of found.getBindings()) {
    const one = node(row, from), other = node(row, to);
    if (!one || !other || one === other) continue;
    one.links++; other.links++;
    made.push({ from: one, to: other, word: word && row[word] ? local(row[word].value) : "" });
  }
  return { nodes: [...nodes.values()], edges: made };
}

/** Springs and charges, the same each time. */
export function settle(nodes: readonly Node[], lines: readonly Edge[]): void {
  for (let step = 0; step < 220; step++) {
    const heat = 14 * (1 - step / 220), moves = nodes.map(() => ({ x: 0, y: 0 })), numbers = new Map(nodes.map((node, n) => [node, n]));
    for (let a = 0; a < nodes.length; a++) for (let b = a + 1; b < nodes.length; b++) {
      const dx = nodes[a].x - nodes[b].x, dy = nodes[a].y - nodes[b].y, far = dx * dx + dy * dy + 1, push = 7000 / far;
      moves[a].x += (dx * push) / Math.sqrt(far); moves[a].y += (dy * push) / Math.sqrt(far);
      moves[b].x -= (dx * push) / Math.sqrt(far); moves[b].y -= (dy * push) / Math.sqrt(far);
    }
    for (const { from, to } of lines) {
      const dx = to.x - from.x, dy = to.y - from.y, far = Math.hypot(dx, dy) || 1, pull = (far - 95) * 0.09, one = moves[numbers.get(from) ?? 0], other = moves[numbers.get(to) ?? 0];
      one.x += (dx / far) * pull; one.y += (dy / far) * pull; other.x -= (dx / far) * pull; other.y -= (dy / far) * pull;
    }
    nodes.forEach((node, n) => {
      const move = moves[n], far = Math.hypot(move.x, move.y) || 1, by = Math.min(far, heat);
      node.x += (move.x / far) * by - node.x * 0.004; node.y += (move.y / far) * by - node.y * 0.004;
    });
  }
}

export class Network {
  priority = 4;
  label = say("editor-graph");
  hideFromSelection = false;
  constructor(private readonly yasr: Yasr) {}

  canHandleResults(): boolean {
    const found = this.yasr.results as Results | undefined;
    return !!found && found.getBindings()?.length > 0 && ends(found).length > 1;
  }

  getIcon(): Element { return icon("M4 4a2 2 0 1 0 .01 0M12 4a2 2 0 1 0 .01 0M8 11a2 2 0 1 0 .01 0M6 6h4M5 8l2 3M11 8l-2 3"); }

  draw(): void {
    const found = this.yasr.results as Results, { nodes, edges: lines } = edges(found);
    settle(nodes, lines);
    const xs = nodes.map(({ x }) => x), ys = nodes.map(({ y }) => y), left = Math.min(...xs) - 70, top = Math.min(...ys) - 30;
    const width = Math.max(360, Math.max(...xs) - left + 70), height = Math.max(200, Math.max(...ys) - top + 40);
    const svg = drawing(width, height, say("editor-graph"));
    svg.setAttribute("role", "group");
    svg.setAttribute("width", String(Math.min(SIZE * 1.5, width)));
    for (const { from, to, word } of lines) {
      svg.append(shape("path", { d: `M${from.x - left} ${from.y - top}L${to.x - left} ${to.y - top}`, class: "line" }));
      if (word && lines.length < 40) svg.append(shape("text", { x: (from.x + to.x) / 2 - left, y: (from.y + to.y) / 2 - top, class: "word" }, word));
    }
    for (const { iri, name, x, y } of nodes) {
      const link = shape("a", { href: pageOf(iri) }), kind = KINDS.findIndex((part) => iri.includes(`/id/${part}/`));
      link.append(shape("title", {}, name), shape("path", { d: mark(Math.max(0, kind), 8), transform: `translate(${x - left} ${y - top})`, class: `node ${NAMES[kind] ?? ""}` }),
        shape("text", { x: x - left, y: y - top + 24, class: "name" }, fit(name, 12, 120)));
      svg.append(link);
    }
    this.yasr.resultsEl.replaceChildren(svg, ...(nodes.length >= MOST ? [note(say("editor-first").replace("{n}", String(MOST)))] : []));
  }
}
