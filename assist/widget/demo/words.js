// The page's words. The law: one table a language; what a language lacks is said in English; words of a
// chat are never here. What the chat or the service says is in English, and says so in any page.

import { el } from "./dom.js";
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

/** Return the words for `key` in parts for an element: the values, in English, marked as such. */
export function mixed(table, key, values) {
  return (table[key] ?? en[key]).split(/(\{\w+\})/).map((part) => {
    const name = part.slice(1, -1);
    return Object.hasOwn(values, name) ? el("span", { lang: "en" }, values[name]) : part;
  });
}

/** Return title and summary of a sample in that language, else as it calls itself, and which of the two. */
export function sampleWords(table, { name, title, summary }) {
  const there = Object.hasOwn(table.samples, name);
  const own = there ? table.samples[name] : [title, summary];
  return { title: own[0], summary: own[1], lang: there ? table.lang : en.lang };
}
