// The colours of the style sheet, as the canvas needs them; light, dark, or as the system has it.
export type Theme = "auto" | "light" | "dark";
export type Rgb = readonly [number, number, number];

export interface Colours {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  readonly accent: string;
  readonly hairline: string;
  readonly wash: string;
  readonly types: readonly string[];
  readonly font: string;
}

let colours: Colours = { ground: "", ink: "", quiet: "", accent: "", hairline: "", wash: "", types: [], font: "" };

export const now = (): Colours => colours;

export function wear(theme: Theme, types: readonly string[]): void {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const style = getComputedStyle(root);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  colours = { ground: of("ground"), ink: of("ink"), quiet: of("quiet"), accent: of("accent"), hairline: of("hairline"), wash: of("faint"), types: types.map(of), font: getComputedStyle(document.body).fontFamily };
}

export function isDark(): boolean {
  return document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function rgb(colour: string): Rgb {
  const value = Number.parseInt(colour.replace("#", "").slice(0, 6), 16) || 0;
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
