// The panel's words: looking one up. The law: every word the panel itself says stands in words.en.js; another
// language is another table of the same shape, in lang/ beside the built file, fetched when it is first asked for.
// The techniques' English names have one home, the service's catalogue: its `welcome` tells them.

import { en } from "./words.en.js";

/** @typedef {typeof en} Table */

/** @type {Record<string, Table | undefined>} */
const TABLES = { en };
const THERE = ["de"];
/** @type {Record<string, string>} */
let told = {};

/** Have the table for a language tag, where there is one; `then` is called when it has come.
 * @param {string} tag @param {() => void} then */
export function languageFor(tag, then) {
  const name = primary(tag);
  if (!THERE.includes(name) || name in TABLES) return;
  TABLES[name] = undefined;
  import(/* @vite-ignore */ import.meta.url.replace(/[^/]*$/, `lang/${name}.js`)).then((file) => {
    TABLES[name] = file.default;
    then();
  }, () => {});
}

/** Return the table for a language tag; English where there is none.
 * @param {string} tag @returns {Table} */
export function tableFor(tag) {
  return word(TABLES, primary(tag)) ?? en;
}

/** @param {string} tag */
function primary(tag) {
  return tag.toLowerCase().split("-")[0];
}

/** Return a sentence of the table with its `{gaps}` filled; one may be told apart from many by `key1`.
 * @param {{ui: object}} table @param {string} key @param {Record<string, string | number>} [gaps] */
export function say(table, key, gaps = {}) {
  const ui = /** @type {Record<string, string>} */ (table.ui);
  const words = (gaps.count === 1 && ui[`${key}1`]) || ui[key] || key;
  return words.replace(/\{(\w+)\}/g, (gap, name) => String(gaps[name] ?? gap));
}

/** Keep what the service says the techniques are called in English; a platform is not told.
 * @param {Record<string, string>} [names] */
export function learn(names = told) {
  told = names;
}

/** Return the plain name of a technique; an unknown id becomes its own words.
 * @param {Table} table @param {string} id */
export function nameOf(table, id) {
  const words = String(id).replace(/^\w+\./, "").replaceAll("-", " ");
  return word(table.techniques, id) ?? word(told, id) ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Return the word for `key`, or nothing.
 * @template T @param {Record<string, T>} part @param {string} key @returns {T | undefined} */
export function word(part, key) {
  return Object.hasOwn(part, key) ? part[key] : undefined;
}

/** Return the connection in words.
 * @param {{link: import("./state.js").State["link"]}} state @param {Table} table @returns {string} */
export function connectionWords({ link }, table) {
  const { status, code, how } = link;
  if (status === "refused") return word(table.refused, String(code)) ?? table.refused.other;
  return status === "open" && how ? table.link[how] : table.link[status];
}
