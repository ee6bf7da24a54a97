// Builds what the portal's pages load into src/portal/api/dist: one style sheet, two scripts and one sprite of icons,
// each named after its content, each also compressed, and a manifest that says what is called what.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "../src/portal/api/dist");
const SHIPPED = ["htmx.org", "lucide-static", "tailwindcss", "uplot"];

const built = {
  "app.css": style(),
  "app.js": script("main.js"),
  "charts.js": script("charts.js"),
  "icons.svg": sprite(JSON.parse(readFileSync(join(here, "icons.json"), "utf8"))),
};
publish(built);

function style() {
  const folder = mkdtempSync(join(tmpdir(), "portal-style-"));
  try {
    const out = join(folder, "app.css");
    const tailwind = join(modules, "@tailwindcss/cli/dist/index.mjs");
    execFileSync(process.execPath, [tailwind, "-i", "src/app.css", "-o", out, "--minify"], { cwd: here, stdio: "pipe" });
    return readFileSync(out, "utf8").replace(/\/\*![^*]*\*\/\s*/g, ""); // licenses.txt says it
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function script(name) {
  const { outputFiles } = buildSync({
    entryPoints: [join(here, "src", name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none", // licenses.txt says them, once
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

function sprite(names) {
  const symbols = names.map((name) => {
    const drawing = readFileSync(join(modules, "lucide-static/icons", `${name}.svg`), "utf8");
    const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(drawing)[1].replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inside}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

function publish(files) {
  mkdirSync(target, { recursive: true });
  const manifest = {};
  const kept = new Set(["manifest.json", "licenses.txt"]);
  for (const [name, text] of Object.entries(files)) {
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
    manifest[name] = name.replace(".", `-${hash}.`);
    writeFileSync(join(target, manifest[name]), text);
    const zipped = gzipSync(text, { level: 9 });
    writeFileSync(join(target, `${manifest[name]}.gz`), zipped);
    kept.add(manifest[name]).add(`${manifest[name]}.gz`);
    console.log(`${manifest[name].padEnd(24)} ${String(text.length).padStart(8)} bytes, ${String(zipped.length).padStart(7)} zipped`);
  }
  writeFileSync(join(target, "licenses.txt"), SHIPPED.map(license).join("\n\n"));
  writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of readdirSync(target)) if (!kept.has(name)) rmSync(join(target, name));
}

function license(name) {
  const file = readdirSync(join(modules, name)).find((entry) => /^licen[cs]e/i.test(entry));
  const { version } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  return `${name} ${version}\n\n${file ? readFileSync(join(modules, name, file), "utf8").trim() : ""}`;
}
