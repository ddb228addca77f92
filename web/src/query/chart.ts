// An answer as bars: the first column of words against the first of numbers.
import { fit } from "../svg";
import { drawing, icon, isIri, isNumber, local, note, say, shape, type Binding, type Results, type Yasr } from "./rows";

const MOST = 40, ROW = 24, LEFT = 220, WIDTH = 760;

/** The columns of a chart: a number that is not the same in each row, and words beside it. */
export function columns(found: Results): readonly [string, string] | null {
  const rows = found.getBindings(), variables = found.getVariables();
  const number = variables.find((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || isNumber(row[name])));
  const words = variables.find((name) => name !== number && !name.endsWith("Iri") && rows.some((row) => row[name]));
  return number && (words ?? variables.find((name) => name !== number)) ? [words ?? variables.find((name) => name !== number) ?? "", number] : null;
}

export class Chart {
  priority = 5;
  label = say("editor-chart");
  hideFromSelection = false;
  constructor(private readonly yasr: Yasr) {}

  canHandleResults(): boolean {
    const found = this.yasr.results as Results | undefined;
    return !!found && found.getBindings()?.length > 0 && columns(found) !== null;
  }

  getIcon(): Element { return icon("M2 14V9h3v5M6.5 14V3h3v11M11 14V6h3v8"); }

  draw(): void {
    const found = this.yasr.results as Results, chosen = columns(found);
    if (!chosen) return;
    const [words, number] = chosen;
    const rows = found.getBindings().filter((row) => row[number]).slice(0, MOST);
    const values = rows.map((row) => Number(row[number].value)), high = Math.max(0, ...values), low = Math.min(0, ...values);
    const at = (value: number): number => LEFT + 10 + ((WIDTH - LEFT - 90) * (value - low)) / (high - low || 1);
    const svg = drawing(WIDTH, rows.length * ROW + 10, `${words}, ${number}`);
    svg.setAttribute("width", String(WIDTH));
    rows.forEach((row, n) => {
      const y = n * ROW + 4, name = named(row, words), value = values[n];
      const said = shape("text", { x: LEFT, y: y + 15, "text-anchor": "end", class: "words" }, fit(name, 13, LEFT - 8));
      said.append(shape("title", {}, name));
      svg.append(said, shape("rect", { x: Math.min(at(0), at(value)), y: y + 3, width: Math.max(1, Math.abs(at(value) - at(0))), height: ROW - 10, class: "bar" }),
        shape("text", { x: Math.max(at(0), at(value)) + 6, y: y + 15, class: "number" }, value.toLocaleString()));
    });
    this.yasr.resultsEl.replaceChildren(svg, ...(found.getBindings().length > MOST ? [note(say("editor-first").replace("{n}", String(MOST)))] : []));
  }
}

function named(row: Binding, name: string): string {
  const term = row[name];
  return term ? (isIri(term) ? local(term.value) : term.value) : "";
}
