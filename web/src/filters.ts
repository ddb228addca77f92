// The legend that filters, and the drawer with the rest: predicates, document, years, confidence.
import { button, el, icon, line } from "./dom";
import type { Host } from "./host";
import { filtered, type Filters as Chosen, NO_FILTERS } from "./state";
import { count, spoken, t, term } from "./words";

type Listed = "types" | "predicates" | "modalities";
type Counts = { readonly [key in "types" | "modalities"]: ArrayLike<number> };

export class Filters {
  readonly legend: HTMLElement;
  readonly drawer: HTMLElement;
  readonly opener: HTMLButtonElement;
  private written = "";

  constructor(private readonly host: Host) {
    this.legend = el("div", { id: "legend", role: "group" });
    this.drawer = el("section", { id: "drawer", hidden: true, keydown: (event: KeyboardEvent) => { if (event.key === "Escape") { this.close(); event.stopPropagation(); } } });
    this.opener = button("", () => (this.drawer.hidden ? this.open() : this.close()), { id: "filters", "aria-controls": "drawer", "aria-expanded": "false" });
  }

  open(): void {
    this.drawer.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.render();
    this.drawer.querySelector<HTMLElement>("button, select, input")?.focus();
  }

  close(): void {
    this.drawer.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.focus();
  }

  render(): void {
    const { filters } = this.host.store.state, { counts } = this.host.sieved();
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.filter;
    this.write(filters, counts);
    if (!this.drawer.hidden) this.fill(filters);
    if (focused) document.querySelector<HTMLElement>(`[data-filter="${focused}"]`)?.focus();
  }

  /** The legend, where it is not there yet for these filters in this language. */
  write(filters: Chosen, counts: Counts): void {
    const { page } = this.host, written = JSON.stringify([filters, spoken()]);
    if (this.written === written) return;
    this.written = written;
    const active = filters.types.length + filters.predicates.length + filters.modalities.length + Number(filters.document !== null) + Number(filters.since !== null || filters.until !== null) + Number(filters.confidence > 0);
    this.opener.replaceChildren(active ? `${t("filters")} · ${active}` : t("filters"));
    this.opener.classList.toggle("active", active > 0);
    this.legend.setAttribute("aria-label", t("legend"));
    this.legend.replaceChildren(
      ...page.types.map((type, n) => this.toggle("types", filters, n, [icon(type), term(type)], counts.types[n])), el("span", { class: "bar", "aria-hidden": "true" }),
      ...page.modalities.map((name, n) => (counts.modalities[n] || filtered(filters) ? this.toggle("modalities", filters, n, [line(name), term(name)], counts.modalities[n]) : "")));
  }

  /** One kind of thing, shown or left out. */
  private toggle(which: Listed, filters: Chosen, n: number, label: (Node | string)[], number: number): HTMLElement {
    const without = filters[which], shown = !without.includes(n);
    return button([...label, el("span", { class: "number" }, count(number))], () => this.host.store.filter({ [which]: shown ? [...without, n].sort((a, b) => a - b) : without.filter((one) => one !== n) }),
      { class: "kind toggle", "aria-pressed": String(shown), "data-filter": `${which}-${n}`, title: shown ? t("hide") : t("show") });
  }

  private fill(filters: Chosen): void {
    const { store, graph } = this.host, { page, documents } = graph, sieved = this.host.sieved();
    const years = [...new Set(documents.year)].filter((year) => year > 0).sort((a, b) => a - b);
    const predicates = page.predicates.map((name, n) => ({ name, n })).filter(({ n }) => sieved.counts.predicates[n] > 0 || filters.predicates.includes(n));
    const papers = Array.from({ length: documents.size }, (_, n) => n).sort((a, b) => (documents.issued[a] < documents.issued[b] ? 1 : documents.issued[a] > documents.issued[b] ? -1 : a - b));
    const choose = (key: "since" | "until", label: string): HTMLElement => el("label", {}, label, el("select", { "data-filter": key, change: (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      store.filter({ [key]: value ? Number(value) : null });
    } }, el("option", { value: "" }, t("any")), ...years.map((year) => el("option", { value: year, selected: filters[key] === year }, String(year)))));
    const shown = el("output", {}, filters.confidence ? t("atLeast", { n: filters.confidence }) : t("any"));
    this.drawer.setAttribute("aria-label", t("filters"));
    this.drawer.replaceChildren(
      el("div", { class: "columns" }, el("h2", {}, t("filters")), button("×", () => this.close(), { class: "close", "aria-label": t("close") })),
      el("p", { class: "quiet" }, t("left", { entities: count(sieved.counts.entities), edges: count(sieved.counts.edges) })),
      el("h3", { class: "section" }, t("predicates")), el("div", { class: "toggles" }, ...predicates.map(({ name, n }) => this.toggle("predicates", filters, n, [term(name)], sieved.counts.predicates[n]))),
      el("h3", { class: "section" }, t("documents")),
      el("select", { "aria-label": t("documents"), "data-filter": "document", change: (event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        store.filter({ document: value ? Number(value) : null });
      } }, el("option", { value: "" }, t("allDocuments", { n: count(documents.size) })),
      ...papers.map((n) => el("option", { value: n, selected: filters.document === n }, `${documents.issued[n]} ${documents.title[n]}`.trim().slice(0, 80)))),
      ...(years.length > 1 ? [el("h3", { class: "section" }, t("years")), el("div", { class: "columns" }, choose("since", t("since")), choose("until", t("until")))] : []),
      el("h3", { class: "section columns" }, el("span", {}, t("confidence")), shown),
      el("input", { type: "range", min: 0, max: 100, step: 5, value: filters.confidence, "aria-label": t("confidence"), "data-filter": "confidence", input: (event: Event) => { shown.textContent = t("atLeast", { n: (event.target as HTMLInputElement).value }); },
        change: (event: Event) => store.filter({ confidence: Number((event.target as HTMLInputElement).value) }) }),
      el("p", { class: "actions" }, button(t("reset"), () => store.filter(NO_FILTERS), { disabled: !filtered(filters) })));
  }
}
