// The wall's words beside the panel's. The law: one table a language; the German one is lang/de.js here.

import { tableFor } from "../../panel/src/words.js";
import { en } from "./words.en.js";

/** @typedef {import("../../panel/src/words.js").Table} Table @typedef {typeof en} Words */

const MINUTE = 60_000;

/** Return the wall's own words for a language tag, as a table that `say` reads.
 * @param {string} tag @returns {{ui: Words}} */
export function wallFor(tag) {
  const table = /** @type {Table & {wall?: Words}} */ (tableFor(tag));
  return { ui: table.wall ?? en };
}

/** Return how long ago `then` was, in words.
 * @param {{ui: Words}} words @param {number} then @param {number} now */
export function ago({ ui }, then, now) {
  const minutes = Math.floor((now - then) / MINUTE);
  if (minutes < 1) return ui.justNow;
  if (minutes < 60) return ui.minutes.replace("{count}", String(minutes));
  return ui.hours.replace("{hours}", String(Math.floor(minutes / 60))).replace("{minutes}", String(minutes % 60));
}
