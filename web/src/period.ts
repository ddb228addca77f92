// Periods as the graph writes them, as stretches of time. Imports nothing of the page, so that it is tested by itself.

export type Unit = "day" | "month" | "year" | "years";

/** From the first to the day after the last, in years: 2024 is 2024 … 2025, 2024-07-01 is 2024.497 … 2024.5. */
export interface Span { readonly from: number; readonly to: number; readonly unit: Unit }

const PART = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const DAY = 86400000;

function at(year: number, month: number, day: number): number {
  const start = Date.UTC(year, 0, 1), end = Date.UTC(year + 1, 0, 1);
  return year + (Date.UTC(year, month, day) - start) / (end - start);
}

function part(text: string): Span | null {
  const found = PART.exec(text);
  if (!found) return null;
  const year = Number(found[1]), month = Number(found[2] ?? 1), day = Number(found[3] ?? 1);
  if (!found[2]) return { from: year, to: year + 1, unit: "year" };
  if (month < 1 || month > 12) return null;
  if (!found[3]) return { from: at(year, month - 1, 1), to: month === 12 ? year + 1 : at(year, month, 1), unit: "month" };
  const made = new Date(Date.UTC(year, month - 1, day));
  if (made.getUTCMonth() !== month - 1) return null;
  const next = new Date(made.getTime() + DAY), from = at(year, month - 1, day);
  return { from, to: next.getUTCFullYear() > year ? year + 1 : at(year, next.getUTCMonth(), next.getUTCDate()), unit: "day" };
}

/** The stretch of "2024", "2024-09", "2026-12-31", "2021/2025" or "2024-01/2024-06"; null for anything else. */
export function span(period: string): Span | null {
  const slash = period.indexOf("/");
  if (slash < 0) return part(period);
  const from = part(period.slice(0, slash)), to = part(period.slice(slash + 1));
  return from && to && to.to > from.from ? { from: from.from, to: to.to, unit: "years" } : null;
}

/** The whole years that hold all stretches, and how many lie outside where they would crush the rest. */
export function frame(spans: readonly Span[], around: number, whole: boolean, widest = 30): { from: number; to: number; outside: number } {
  let from = Infinity, to = -Infinity;
  for (const one of spans) { from = Math.min(from, one.from); to = Math.max(to, one.to); }
  if (from > to) return { from: Math.floor(around) - 1, to: Math.ceil(around) + 1, outside: 0 };
  from = Math.floor(from + 1e-6);
  to = Math.max(Math.ceil(to - 1e-6), from + 1);
  if (whole || to - from <= widest) return { from, to, outside: 0 };
  const low = Math.max(from, Math.floor(around) - 18), high = Math.min(to, Math.ceil(around) + 12);
  if (low >= high) return { from, to, outside: 0 };
  return { from: low, to: high, outside: spans.filter((one) => one.from < low - 1e-6 || one.to > high + 1e-6).length };
}

/** Years between two ticks that leave each its room in pixels. */
export function step(years: number, width: number, room = 46): number {
  return [1, 2, 5, 10, 20, 50, 100].find((one) => (width / Math.max(years, 1)) * one >= room) ?? 200;
}
