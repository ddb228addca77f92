// An answer as a table of the project: names lead to their pages, numbers stand to the right, everything else is text.
// YASGUI's own puts literals through a sanitizer as markup, which leaves out what looks like a tag.
import { csv, fileName } from "../csv";
import { icon, isIri, isNumber, local, note, pageOf, say, type Binding, type Results, type Term, type Yasr } from "./rows";

const STEP = 200;

export class Table {
  priority = 10;
  label = say("editor-table");
  hideFromSelection = false;
  private by: { readonly name: string; readonly down: boolean } | null = null;
  constructor(private readonly yasr: Yasr) {}

  canHandleResults(): boolean { return ((this.yasr.results as Results | undefined)?.getVariables()?.length ?? 0) > 0; }

  getIcon(): Element { return icon("M2 3h12v10H2ZM2 6.5h12M2 10h12M6.5 6.5V13"); }

  download(name = "rows"): { contentType: string; getData: () => string; filename: string; title: string } {
    const found = this.yasr.results as Results, variables = found.getVariables();
    const rows = (): string[][] => [[...variables], ...found.getBindings().map((row) => variables.map((variable) => row[variable]?.value ?? ""))];
    return { contentType: "text/csv;charset=utf-8", getData: () => csv(rows()), filename: fileName(name, "csv"), title: "CSV" };
  }

  draw(): void {
    const found = this.yasr.results as Results, variables = found.getVariables(), rows = this.ordered(found.getBindings());
    if (!rows.length) { this.yasr.resultsEl.replaceChildren(note(say("noRows"))); return; }
    const table = document.createElement("table"), body = table.createTBody(), head = table.createTHead().insertRow(), frame = document.createElement("div");
    table.className = "rows answered";
    for (const name of variables) {
      const cell = document.createElement("th"), button = document.createElement("button");
      cell.scope = "col";
      if (this.by?.name === name) cell.setAttribute("aria-sort", this.by.down ? "descending" : "ascending");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => {
        this.by = { name, down: this.by?.name === name && !this.by.down };
        this.draw();
        this.yasr.resultsEl.querySelector<HTMLElement>("th[aria-sort] button")?.focus();
      });
      cell.append(button);
      head.append(cell);
    }
    const more = document.createElement("button");
    more.type = "button";
    more.addEventListener("click", () => add());
    const add = (): void => {
      for (const row of rows.slice(body.rows.length, body.rows.length + STEP)) {
        const line = body.insertRow();
        for (const name of variables) {
          const cell = line.insertCell(), held = document.createElement("span"), term = row[name];
          cell.dataset.label = name;
          held.className = "cell";
          if (isNumber(term)) cell.className = "number";
          if (term) held.append(shown(term));
          cell.append(held);
        }
      }
      more.textContent = say("editor-more").replace("{n}", String(rows.length - body.rows.length));
      more.hidden = body.rows.length >= rows.length;
    };
    add();
    frame.className = "wide";
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", say("editor-table"));
    frame.append(table);
    this.yasr.resultsEl.replaceChildren(frame, more);
  }

  private ordered(rows: readonly Binding[]): readonly Binding[] {
    if (!this.by) return rows;
    const { name, down } = this.by, words = new Intl.Collator("zh-CN", { numeric: true });
    const compare = (a?: Term, b?: Term): number => (isNumber(a) && isNumber(b) ? Number(a?.value) - Number(b?.value) : words.compare(a?.value ?? "", b?.value ?? ""));
    return rows.toSorted((a, b) => (down ? -1 : 1) * compare(a[name], b[name]));
  }
}

function shown(term: Term): Node {
  if (!isIri(term)) return document.createTextNode(term.value);
  const link = document.createElement("a");
  link.href = pageOf(term.value);
  link.title = term.value;
  link.textContent = local(term.value);
  return link;
}
