// Writes kg/render/bundle/page.js and page.css from src/main.ts, kg/serve/bundle/query.js and query.css from src/query/main.ts, and a
// LICENSES.txt beside each. Needs node alone.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const BUNDLES = [
  { room: "render", name: "page", entry: "src/main.ts" },
  { room: "serve", name: "query", entry: "src/query/main.ts" },
];

for (const { room, name, entry } of BUNDLES) {
  const out = join(here, "..", "kg", room, "bundle");
  mkdirSync(out, { recursive: true });
  const result = await build({
    absWorkingDir: here, entryPoints: { [name]: entry }, outdir: out, bundle: true, minify: true, format: "iife", target: "es2022",
    charset: "utf8", legalComments: "none", metafile: true, logLevel: "warning", loader: { ".svg": "dataurl" },
  });
  writeFileSync(join(out, "LICENSES.txt"), licences(Object.keys(result.metafile.inputs)).join(`\n${"-".repeat(72)}\n\n`));
  for (const file of [`${name}.js`, `${name}.css`]) console.log(`${file} ${(readFileSync(join(out, file)).length / 1024).toFixed(0)} KB`);
}

/** The licences of the packages that a bundle is made of, and of what these hold within. */
function licences(inputs) {
  const parts = new Set(inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
  for (const name of parts) if (name.startsWith("@zazuko/")) for (const held of Object.keys(JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8")).dependencies ?? {})) parts.add(held);
  return [...parts].sort().flatMap((name) => {
    const room = join(here, "node_modules", name);
    let about;
    try { about = JSON.parse(readFileSync(join(room, "package.json"), "utf8")); } catch { return []; }
    const text = ["LICENSE.txt", "LICENSE", "LICENSE.md", "license", "LICENSE-MIT.txt"].map((file) => { try { return readFileSync(join(room, file), "utf8"); } catch { return ""; } }).find(Boolean) ?? "";
    return `${name} ${about.version} (${about.license ?? "see its text"})\n\n${text.trim()}\n`;
  });
}
