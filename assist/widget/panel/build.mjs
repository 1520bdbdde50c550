// Makes chat-assist-panel.js from src/. `--check` makes it beside the committed one and compares bytes.
// The law: the types of the wire come from docs/reference/schema, and everything is checked by tsc first.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "json-schema-to-typescript";
import { minify } from "terser";
import { build } from "vite";

const MOST_GZIP = 20 * 1024;
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

async function bundle() {
  const made = await build({
    configFile: false,
    root: here("."),
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      cssTarget: ["chrome123", "firefox121", "safari17.5"],
      minify: false,
      cssMinify: "esbuild",
      lib: { entry: here("src/define.js"), formats: ["es"], fileName: "chat-assist-panel" },
    },
    plugins: [{ name: "indentation", transform: (text, id) => (/src.views/.test(id) ? text.replace(/\n\s+/g, "\n") : null) }],
    define: { "process.env.NODE_ENV": '"production"' },
    esbuild: { legalComments: "none", minifyIdentifiers: true, minifySyntax: true, minifyWhitespace: true },
  });
  const [{ output }] = made;
  if (output.length !== 1) throw new Error("the build must be one file");
  const { code } = await minify(output[0].code, { module: true, ecma: 2020, compress: { passes: 4, unsafe_arrows: true, pure_getters: true, unsafe_methods: true } });
  const licence = "/* Apache-2.0. Holds lit-html (BSD-3-Clause, Google LLC). Made by build.mjs. */\n";
  return licence + code.replace(/\s*$/, "\n");
}

function put(name, text) {
  const same = existsSync(here(name)) && readFileSync(here(name), "utf8") === text;
  if (checking && !same) {
    console.error(`${name} is not what its sources make: run \`npm run build\` and commit it.`);
    process.exitCode = 1;
  } else if (!same) writeFileSync(here(name), text);
}

put("src/wire.d.ts", await wireTypes());
execFileSync(process.execPath, [here("node_modules/typescript/bin/tsc"), "-p", here("tsconfig.json")], { stdio: "inherit" });
const code = await bundle();
put("chat-assist-panel.js", code);
const size = gzipSync(code, { level: 9, memLevel: 9 }).length;
console.log(`chat-assist-panel.js: ${code.length} bytes, ${size} gzip`);
if (size > MOST_GZIP) {
  console.error(`more than ${MOST_GZIP} bytes gzip`);
  process.exitCode = 1;
}
