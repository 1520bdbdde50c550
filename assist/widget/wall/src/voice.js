// What a screen reader is told of the wall: a new alert at once, once; how many came and the connection politely.

import { connectionWords, say } from "../../panel/src/words.js";
import { spoken } from "../../panel/src/voice.js";
import { wallFor } from "./words.js";

/** @typedef {import("./state.js").State} State @typedef {import("./words.js").Table} Table */

/** Return how a step from one state to the next is told, in a language.
 * @param {() => string} tag @returns {(before: State, after: State, table: Table) => import("../../panel/src/voice.js").Sayings} */
export function sayingsIn(tag) {
  return (before, after, table) => {
    const words = wallFor(tag());
    /** @type {Record<string, string>} */
    const polite = {};
    const link = connectionWords(after, table);
    if (before.link.status !== "connecting" && link !== connectionWords(before, table)) polite.link = link;
    const came = after.order.filter((id) => !before.order.includes(id)).length;
    if (came && before.loaded) polite.came = say(words, "newChats", { count: came });
    return { ...alerted(before, after, table, words), polite };
  };
}

/** @param {State} before @param {State} after @param {Table} table @param {{ui: object}} words */
function alerted(before, after, table, words) {
  if (before.chats === after.chats) return { urgent: "" };
  for (const chat of Object.values(after.chats)) {
    const was = Object.hasOwn(before.chats, chat.id) ? before.chats[chat.id] : undefined;
    const call = chat.calls.at(-1);
    if (chat === was || !call?.live || was?.calls.some(({ id }) => id === call.id)) continue;
    const theirs = call.reasons[0]?.text ?? "";
    const name = chat.name || chat.id;
    return { urgent: spoken({ call: say(words, "newAlert", { level: table.levels[call.level], name, reason: theirs }) }), theirs };
  }
  return { urgent: "" };
}
