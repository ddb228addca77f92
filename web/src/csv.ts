// Tables that a spreadsheet opens rightly. Imports nothing of the page, so that it is tested by itself.

const PLAIN = /^[+-]?\d+(\.\d+)?$/;

/** One cell: never a formula, whatever a name begins with; numbers stay numbers. */
export function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[\s\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@\t\r＝＋－＠]/u.test(text) && !PLAIN.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Rows as UTF-8 with the mark by which Excel knows it. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

const BIDI = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A name for a file, from a title. */
export function fileName(title: string, ending: string): string {
  const plain = [...title.replace(BIDI, "").replace(/[\s\u0000-\u001f"*/:<>?\\|·.]+/g, "-")].slice(0, 60).join("").replace(/^-+|-+$/g, "");
  return `${plain || "shanshui"}.${ending}`;
}
