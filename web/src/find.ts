// Finding an entity by its names, its pinyin or its initials: a combobox.
import type { Graph } from "./data";
import { bdi, el } from "./dom";
import type { Host } from "./host";
import { icon_, typeOf } from "./names";
import { t } from "./words";

const MOST = 12;

interface Index { readonly names: readonly string[]; readonly pinyin: readonly string[]; readonly others: readonly (readonly [string, number])[] }
const indexes = new WeakMap<Graph, Index>();

/** " gansusheng gss" from "gan su sheng gss": the syllables as one, then the initials. */
function sounds(pinyin: string): string {
  const parts = pinyin.toLowerCase().split(" "), initials = parts.pop() ?? "";
  return ` ${parts.join("")} ${initials}`;
}

function index(graph: Graph): Index {
  let made = indexes.get(graph);
  if (!made) {
    const { name, pinyin, alias, hidden } = graph.entities;
    const others = [alias, hidden].flatMap((some) => Object.entries(some).flatMap(([id, names]) => names.map((other) => [other.toLowerCase(), Number(id)] as const)));
    made = { names: name.map((one) => one.toLowerCase()), pinyin: pinyin.map(sounds), others };
    indexes.set(graph, made);
  }
  return made;
}

/** Entities by what is typed: exact names first, then beginnings, then pinyin and parts; the better supported before the less. */
export function find(graph: Graph, asked: string, most = MOST): number[] {
  const wanted = asked.trim().toLowerCase();
  if (!wanted) return [];
  const { names, pinyin, others } = index(graph), ranks = new Map<number, number>();
  const better = (id: number, rank: number): void => { if (rank < (ranks.get(id) ?? 99)) ranks.set(id, rank); };
  const rankOf = (name: string): number => (name === wanted ? 0 : name.startsWith(wanted) ? 2 : name.includes(wanted) ? 5 : 99);
  const letters = /^[a-z0-9 '.]+$/.test(wanted) ? wanted.replace(/[ '.]/g, "") : "";
  for (let id = 0; id < names.length; id++) {
    const rank = rankOf(names[id]);
    if (rank < 99) better(id, rank);
    if (!letters) continue;
    const sound = pinyin[id], at = sound.indexOf(letters);
    if (at < 0) continue;
    const end = at + letters.length;
    better(id, sound[at - 1] === " " ? (end === sound.length || sound[end] === " " ? 1 : 3) : 6);
  }
  for (const [name, id] of others) { const rank = rankOf(name); if (rank < 99) better(id, rank + 0.5); }
  return [...ranks].sort((a, b) => a[1] - b[1] || a[0] - b[0]).slice(0, most).map(([id]) => id);
}

export class Finder {
  readonly root: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private hits: number[] = [];
  private at = -1;

  constructor(private readonly host: Host) {
    this.input = el("input", { id: "search", type: "search", autocomplete: "off", spellcheck: "false", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list",
      input: () => this.look(), focus: () => { if (this.input.value) this.look(); }, blur: () => this.close(), keydown: (event: KeyboardEvent) => this.key(event) });
    this.list = el("ul", { id: "found", role: "listbox", hidden: true });
    this.root = el("div", { id: "finder", role: "search" }, this.input, this.list);
  }

  words(): void {
    this.input.placeholder = t("search");
    this.input.setAttribute("aria-label", t("search"));
    this.list.setAttribute("aria-label", t("hits"));
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private look(): void {
    const { graph } = this.host;
    this.hits = find(graph, this.input.value);
    this.at = this.hits.length ? 0 : -1;
    const asked = this.input.value.trim() !== "";
    this.list.replaceChildren(...(asked && !this.hits.length ? [el("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, t("nothing"))] : this.hits.map((id, n) =>
      el("li", { id: `hit-${n}`, role: "option", "aria-selected": String(n === this.at), mousedown: (event: MouseEvent) => { event.preventDefault(); this.pick(n); } },
        icon_(graph, id), bdi(graph.entities.name[id], { class: "clamp" }), el("span", { class: "quiet" }, typeOf(graph, id))))));
    this.list.hidden = !asked;
    this.input.setAttribute("aria-expanded", String(asked));
    this.point();
    if (asked && !this.hits.length) this.host.say(t("nothing"));
  }

  private point(): void {
    [...this.list.children].forEach((child, n) => child.setAttribute("aria-selected", String(n === this.at)));
    if (this.at >= 0) {
      this.input.setAttribute("aria-activedescendant", `hit-${this.at}`);
      this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.hidden) this.look();
      if (this.hits.length) this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + this.hits.length) % this.hits.length;
      this.point();
    } else if (event.key === "Enter") this.pick(this.at);
    else if (event.key === "Escape") { if (this.list.hidden) { this.input.value = ""; this.input.blur(); } else this.close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pick(n: number): void {
    const id = this.hits[n];
    this.close();
    if (id === undefined) return;
    this.input.value = "";
    this.input.blur();
    this.host.choose(id, true);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
