// Chinese and English, from the one table of strings and the labels of the ontology's terms.
import type { Both, Page } from "./data";

export type Language = 0 | 1;

let strings: Readonly<Record<string, Both>> = {};
let labels: Readonly<Record<string, Both>> = {};
let language: Language = 0;

export function know(page: Page): void {
  ({ strings, labels } = page);
}

export function speak(asked: Language): void {
  language = asked;
  document.documentElement.lang = asked === 0 ? "zh" : "en";
}

export const spoken = (): Language => language;

/** The string of a key, its {gaps} filled; {n:claim|claims} is the first word where n is one. */
export function t(key: string, gaps: Readonly<Record<string, string | number>> = {}): string {
  const text = strings[key]?.[language] ?? key;
  return text.replace(/\{(\w+)(?::(\w+)\|(\w+))?\}/g, (_, gap: string, one?: string, more?: string) => (one && String(gaps[gap]) === "1" ? one : more ?? String(gaps[gap] ?? "")));
}

/** The label of a term of the ontology. */
export const term = (name: string): string => labels[name]?.[language] ?? name;

/** A whole number as both languages write it. `Intl` does the same, and keeps the first picture waiting while it loads its tables. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** A name cut to so many characters. */
export function cut(name: string, length: number): string {
  if (name.length <= length) return name;
  const letters = [...name.slice(0, length * 2 + 2)];
  return letters.length > length ? letters.slice(0, length - 1).join("") + "…" : name;
}
