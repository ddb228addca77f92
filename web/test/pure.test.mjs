// The parts that need no page: periods, tables, pictures as text.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = join(dirname(fileURLToPath(import.meta.url)), "..", "src");

async function load(name) {
  const made = await build({ entryPoints: [join(source, `${name}.ts`)], bundle: true, write: false, format: "esm", platform: "neutral" });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`);
}

const [period, table, picture, words] = await Promise.all(["period", "csv", "svg", "words"].map(load));
const near = (a, b) => Math.abs(a - b) < 1e-3;

test("a period is a stretch of time", () => {
  assert.deepEqual(period.span("2024"), { from: 2024, to: 2025, unit: "year" });
  assert.deepEqual(period.span("2021/2025"), { from: 2021, to: 2026, unit: "years" });
  const day = period.span("2026-12-31");
  assert.ok(near(day.from, 2026 + 364 / 365) && day.to === 2027 && day.unit === "day");
  const month = period.span("2024-09");
  assert.ok(near(month.from, 2024 + 244 / 366) && near(month.to, 2024 + 274 / 366) && month.unit === "month");
  assert.equal(period.span("2024-12").to, 2025);
  const half = period.span("2024-01/2024-06");
  assert.ok(half.from === 2024 && near(half.to, 2024 + 182 / 366));
});

test("what is no period has no place", () => {
  for (const text of ["", "近年来", "2024-13", "2024-02-30", "2025/2021", "24", "2024-1", "2024/"]) assert.equal(period.span(text), null, text);
});

test("a far year does not crush the rest", () => {
  const spans = ["1949", "2020", "2024", "2025"].map(period.span);
  assert.deepEqual(period.frame(spans, 2024.9, false), { from: 2006, to: 2026, outside: 1 });
  assert.deepEqual(period.frame(spans, 2024.9, true), { from: 1949, to: 2026, outside: 0 });
  assert.deepEqual(period.frame([], 2024.2, false), { from: 2023, to: 2026, outside: 0 });
  assert.equal(period.step(10, 1000), 1);
  assert.equal(period.step(60, 300), 10);
});

test("no cell is a formula", () => {
  for (const text of ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\u202e=1", "＝1", " =1"]) assert.ok(/^"?'/.test(table.cell(text)), text);
  for (const text of ["-26.8", "+3", "0", "黄河", "甲-乙", "a=b"]) assert.equal(table.cell(text), text);
});

test("a table is UTF-8 with its mark, cells quoted where they must be", () => {
  assert.equal(table.csv([["名称", "值"], ["甲,乙", 2], ['说"是"', "a\nb"]]), '\ufeff名称,值\r\n"甲,乙",2\r\n"说""是""","a\nb"\r\n');
});

test("a title makes a name for a file", () => {
  assert.equal(table.fileName("山水 · 知识图谱 矩阵", "csv"), "山水-知识图谱-矩阵.csv");
  assert.equal(table.fileName('../..\\a:b*?"<>|\u202ec', "svg"), "a-b-c.svg");
  assert.equal(table.fileName("///", "png"), "shanshui.png");
  assert.ok([...table.fileName("长".repeat(10000), "png")].length < 70);
});

test("a hostile name is text in a picture", () => {
  assert.equal(picture.escapeXml(`<script>alert("1")</script>&'`), "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
  assert.equal(picture.escapeXml("a\u0000b\u001fc\ud800d\uffffe"), "abcde");
  assert.equal(picture.escapeXml("😀"), "😀");
  assert.equal(picture.tag("rect", { x: 1.23456, fill: '"><script>', y: null }), '<rect x="1.23" fill="&quot;&gt;&lt;script&gt;"/>');
  assert.equal(picture.tag("path", { d: NaN }), '<path d="0"/>');
});

test("a long name is cut to its room", () => {
  assert.equal(picture.fit("黄河", 12, 100), "黄河");
  const short = picture.fit("流".repeat(10000), 12, 120);
  assert.ok(short.endsWith("…") && picture.widthOf(short, 12) <= 122);
});

test("a name that runs the other way keeps to itself", () => {
  assert.equal(picture.alone("黄河"), "黄河");
  assert.equal(picture.alone("\u202e黄河"), "\u2068黄河\u2069");
  assert.equal(picture.alone("نهر"), "\u2068نهر\u2069");
});

test("what is counted is one or several", () => {
  globalThis.document = { documentElement: {} };
  words.know({ strings: { claims: ["{n} 条陈述", "{n} {n:claim|claims}"] }, labels: {} });
  words.speak(1);
  assert.deepEqual([0, 1, 1234].map((n) => words.t("claims", { n: words.count(n) })), ["0 claims", "1 claim", "1,234 claims"]);
  words.speak(0);
  assert.equal(words.t("claims", { n: words.count(1234567) }), "1,234,567 条陈述");
});
