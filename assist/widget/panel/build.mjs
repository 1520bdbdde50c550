// Makes chat-assist-panel.js from src/, chat-assist-wall.js from ../wall/src/, and the pages for helpdesks in ../host/
// from pages.mjs. `--check` makes them beside the committed ones and compares bytes.
// The law: the types of the wire come from docs/reference/schema, and everything is checked by tsc first.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "json-schema-to-typescript";
import { minify } from "terser";
import { build } from "vite";
import { PAGES } from "./pages.mjs";

const KIB = 1024;
/** What is made, from what, and how large it may be, gzipped. */
const BUNDLES = [
  ["chat-assist-panel.js", "src/define.js", 20 * KIB],
  ["../wall/chat-assist-wall.js", "../wall/src/define.js", 20 * KIB],
];
/** What the browser calls by its name, and terser does not know of. */
const CALLED = ["handleEvent", "connectedCallback", "disconnectedCallback", "attributeChangedCallback", "observedAttributes", "hourCycle", "createHTML", "litHtmlVersions"];
/** Where the names stand that others know: the wire, the words, and what a page may use. */
const NAMED = ["src/wire.d.ts", "src/words.en.js", "../wall/src/words.en.js", "src/public.d.ts"];
const SCHEMA = "../../../docs/reference/schema/assist.schema.json";
const checking = process.argv.includes("--check");
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

// Field titles would each become a type of their own.
function untitled(schema) {
  if (Array.isArray(schema)) return schema.map(untitled);
  if (!schema || typeof schema !== "object") return schema;
  const kept = Object.entries(schema).filter(([key, value]) => key !== "title" || typeof value !== "string");
  return Object.fromEntries(kept.map(([key, value]) => [key, untitled(value)]));
}

async function wireTypes() {
  const schema = JSON.parse(readFileSync(here(SCHEMA), "utf8"));
  const plain = { ...untitled(schema), title: "Message", $id: undefined };
  const banner = "/* Made by build.mjs from docs/reference/schema/assist.schema.json. Do not edit. */";
  const options = { additionalProperties: false, bannerComment: banner, unreachableDefinitions: true };
  return compile(plain, "Message", options);
}

// What is ours alone gets a short name; what the wire, the tables, a host or a string names keeps its own.
function kept(code) {
  const texts = NAMED.map((name) => readFileSync(here(name), "utf8").replace(/\/\*[^]*?\*\/|\/\/.*/g, ""));
  const gaps = (/** @type {string} */ text) => text.replace(/: "([^"]*)"/g, (_, words) => (words.match(/{\w+}/g) ?? []).join());
  const names = texts.map((text, place) => (/words/.test(NAMED[place]) ? gaps(text) : text));
  const quoted = code.match(/(["'`])[A-Za-z_]\w*\1/g).join(" ");
  return [...new Set([quoted, ...names].flatMap((text) => text.match(/[A-Za-z_]\w*/g)).concat(CALLED))];
}

async function bundle(entry) {
  const made = await build({
    configFile: false,
    root: here("."),
    logLevel: "warn",
    resolve: { alias: { lit: here("node_modules/lit") } },
    build: {
      write: false,
      target: "es2022",
      cssTarget: ["chrome123", "firefox121", "safari17.5"],
      minify: false,
      cssMinify: "esbuild",
      lib: { entry: here(entry), formats: ["es"], fileName: "made" },
    },
    plugins: [{ name: "terse-templates", transform: (text, id) => (/src.views/.test(id) ? terse(text) : null) }],
    define: { "process.env.NODE_ENV": '"production"' },
    esbuild: { legalComments: "none", minifyIdentifiers: true, minifySyntax: true, minifyWhitespace: true },
  });
  const [{ output }] = made;
  if (output.length !== 1) throw new Error("the build must be one file");
  const compress = { passes: 4, unsafe: true, keep_fargs: false, unsafe_arrows: true, pure_getters: true, unsafe_methods: true };
  const mangle = { properties: { reserved: kept(output[0].code), keep_quoted: true } };
  const { code } = await minify(output[0].code, { module: true, ecma: 2020, compress, mangle });
  const licence = "/* Apache-2.0. Holds lit-html (BSD-3-Clause, Google LLC). */\n";
  return licence + code.replace(/\s*$/, "\n");
}

// Indentation, and quotes that HTML does not need.
function terse(text) {
  return text.replace(/\n\s+/g, "\n").replace(/ ([a-z-]+)="([\w-]+)"(?=[ >\n])/g, " $1=$2");
}

function put(name, text) {
  const same = existsSync(here(name)) && readFileSync(here(name), "utf8") === text;
  if (checking && !same) {
    console.error(`${name} is not what its sources make: run \`npm run build\` and commit it.`);
    process.exitCode = 1;
  } else if (!same) writeFileSync(here(name), text);
}

put("src/wire.d.ts", await wireTypes());
for (const [name, text] of PAGES) put(name, text);
execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")], { stdio: "inherit" });
for (const [name, entry, most] of BUNDLES) {
  const code = await bundle(entry);
  put(name, code);
  // Node's own zlib; with this memory its figure lies just above that of `gzip -9`.
  const size = gzipSync(code, { level: 9, memLevel: 7 }).length;
  console.log(`${name}: ${code.length} bytes, ${size} gzip (at most ${most})`);
  if (size > most) {
    console.error(`${name} is larger than that: leave something out`);
    process.exitCode = 1;
  }
}
