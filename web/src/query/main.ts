// The query page: YASGUI with the project's prefixes, terms and ready questions; it asks the server that it comes from, and no other.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./query.css";
import { Chart } from "./chart";
import { Network } from "./network";
import { speak, type Words } from "./rows";
import { Table } from "./table";

interface Terms {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly terms: Readonly<Record<string, string>>;
  readonly questions: readonly { readonly name: string; readonly title: string; readonly query: string }[];
  readonly strings: Words;
}
interface Token { readonly string: string; readonly type: string; readonly state: { readonly possibleCurrent?: readonly string[] }; readonly start: number; readonly end: number }
interface Hint { readonly text: string; readonly from?: object; readonly to?: object }

const FIRST = `SELECT ?agency ?agencyIri (COUNT(?claim) AS ?claims) WHERE {
  ?claim rdf:subject ?agencyIri .
  ?agencyIri a eco:Agency ; rdfs:label ?agency .
}
GROUP BY ?agency ?agencyIri
ORDER BY DESC(?claims)
LIMIT 20
`;

/** A query with the prefixes declared that it uses and does not declare. */
export function declared(query: string, prefixes: Readonly<Record<string, string>>): string {
  const bare = query.replace(/<[^<>\s]*>|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, " ");
  const used = new Set([...bare.matchAll(/(?<![\w?$:-])([a-z]+):/g)].map(([, name]) => name));
  return Object.entries(prefixes).filter(([name]) => used.has(name) && !new RegExp(`PREFIX\\s+${name}:`, "i").test(query)).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + query;
}

async function start(): Promise<void> {
  const root = document.getElementById("editor");
  if (!root?.dataset.terms) return;
  const known = (await (await fetch(root.dataset.terms)).json()) as Terms;
  speak(known.strings);
  const { Yasqe, Yasr } = Yasgui as unknown as { Yasqe: any; Yasr: any };
  Yasqe.defaults.autocompleters = [];
  Yasqe.defaults.prefixCcApi = null;
  const labels = Object.entries(known.terms).map(([name, label]) => ({ text: `eco:${name}`, label }));
  const prefixes = Object.entries(known.prefixes).map(([name, iri]) => ({ text: `${name}:`, label: iri }));
  Yasqe.registerAutocompleter({
    name: "shanshui", bulk: false, autoShow: true, persistenceId: null,
    isValidCompletionPosition: (yasqe: any) => !["comment", "string"].includes((yasqe.getCompleteToken() as Token).type ?? "") && !(yasqe.getCompleteToken() as Token).string.startsWith("?") && (yasqe.getCompleteToken() as Token).string.trim() !== "",
    get: (_yasqe: unknown, token?: Token) => {
      const words = (token?.string ?? "").trim().toLowerCase();
      return words.length < 2 ? [] : [...labels, ...prefixes].filter(({ text, label }) => text.toLowerCase().startsWith(words) || text.toLowerCase().startsWith(`eco:${words}`) || label.includes(words)).map(({ text }) => text);
    },
    postprocessHints: (_yasqe: unknown, hints: Hint[]) => hints.map((hint) => ({
      ...hint,
      displayText: `${hint.text}  ${[...labels, ...prefixes].find(({ text }) => text === hint.text)?.label ?? ""}`,
      hint: (yasqe: any, all: Hint, taken: Hint) => {
        yasqe.replaceRange(taken.text, taken.from ?? all.from, taken.to ?? all.to, "complete");
        const name = taken.text.split(":")[0];
        if (known.prefixes[name] && !(name in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [name]: known.prefixes[name] });
      },
    })),
  }, true);
  Yasqe.defaults.value = declared(FIRST, known.prefixes);
  Yasr.registerPlugin("table", Table, true);
  Yasr.registerPlugin("chart", Chart, true);
  Yasr.registerPlugin("graph", Network, true);
  Yasr.defaults.pluginOrder = ["table", "chart", "graph", "response"];
  Yasr.defaults.prefixes = known.prefixes;
  const yasgui = new Yasgui(root as HTMLDivElement, {
    requestConfig: { endpoint: "/sparql", method: "POST" }, persistenceId: "shanshui", copyEndpointOnNewTab: false, populateFromUrl: false,
    endpointCatalogueOptions: { getData: () => [] as any, keys: [], renderItem: () => undefined },
  } as any);
  const put = (query: string): void => { const tab: any = yasgui.getTab(); tab?.setQuery(declared(query, known.prefixes)); tab?.getYasqe()?.focus(); };
  const asked = new URLSearchParams(location.hash.slice(1)).get("query");
  if (asked) put(asked);
  const chooser = document.getElementById("example") as HTMLSelectElement | null;
  for (const { name, title } of known.questions) chooser?.append(new Option(title, name));
  chooser?.addEventListener("change", () => { const found = known.questions.find(({ name }) => name === chooser.value); if (found) put(found.query.trim() + "\n"); });
  const told = (): void => named(root);
  told();
  new MutationObserver(told).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-selected"] });
  Object.assign(window, { yasgui });
  root.dataset.ready = "true";
}

/** Says to screen readers what YASGUI leaves unsaid: what its text field is, that it scrolls, and that its row of tabs holds more than tabs. */
function named(root: HTMLElement): void {
  for (const field of root.querySelectorAll(".CodeMirror textarea:not([aria-label])")) field.setAttribute("aria-label", "SPARQL");
  for (const wide of root.querySelectorAll(".CodeMirror-scroll[tabindex='-1']")) wide.setAttribute("tabindex", "0");
  for (const tabs of root.querySelectorAll(".tabsList[role=tablist]")) tabs.removeAttribute("role");
  for (const tab of root.querySelectorAll(".tabsList [aria-selected], .tabsList [role=tab]")) {
    tab.removeAttribute("role");
    tab.setAttribute("aria-current", String(tab.getAttribute("aria-selected") === "true"));
    tab.removeAttribute("aria-selected");
  }
}

void start();
