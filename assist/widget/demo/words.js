// The page's words. The law: one table a language; what a language lacks is said in English; words of a
// chat are never here.

import { en } from "./words.en.js";
import { de } from "./words.de.js";

export const TABLES = { en, de };

/** Return the first of the languages asked for that there is a table of. */
export function pickLanguage(wanted) {
  const tags = wanted.map((tag) => String(tag).toLowerCase().split("-")[0]);
  return tags.find((tag) => Object.hasOwn(TABLES, tag)) ?? "en";
}

/** Return the words for `key` of a table, with `{name}` replaced by its value, once each. */
export function say(table, key, values = {}) {
  const words = table[key] ?? en[key];
  return words.replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? String(values[name]) : all));
}

/** Return title and summary of a sample in that language, else as it calls itself. */
export function sampleWords(table, { name, title, summary }) {
  const own = Object.hasOwn(table.samples, name) ? table.samples[name] : [title, summary];
  return { title: own[0], summary: own[1] };
}
