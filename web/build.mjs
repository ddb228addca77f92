// Writes kg/render/bundle/page.js, page.css and LICENSES.txt from src/. Needs node alone.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "kg", "render", "bundle");
mkdirSync(out, { recursive: true });

const result = await build({
  absWorkingDir: here, entryPoints: { page: "src/main.ts" }, outdir: out, bundle: true, minify: true, format: "iife", target: "es2022",
  charset: "utf8", legalComments: "none", metafile: true, logLevel: "warning",
});

const parts = new Set(Object.keys(result.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const licences = [...parts].sort().map((name) => {
  const room = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(room, "package.json"), "utf8"));
  const text = ["LICENSE.txt", "LICENSE", "LICENSE.md"].map((file) => { try { return readFileSync(join(room, file), "utf8"); } catch { return ""; } }).find(Boolean) ?? "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
});
writeFileSync(join(out, "LICENSES.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
for (const name of ["page.js", "page.css"]) console.log(`${name} ${(readFileSync(join(out, name)).length / 1024).toFixed(0)} KB`);
