// What a screen reader is told. The law: short sentences, one for a kind, at most one polite one in five
// seconds save the answer to the agent's own act; a rise to high or critical is told at once, once.

import { connectionWords, nameOf, say } from "./words.js";
import { RANKS } from "./state.js";

/** @typedef {import("./state.js").State} State @typedef {import("./state.js").Chat} Chat */
/** @typedef {import("./words.js").Table} Table */
/** `theirs` is the end of the urgent sentence where that is in the service's words and language.
 * @typedef {{urgent: string, theirs?: string, polite: Record<string, string>}} Sayings */

const LONGEST = 140;
export const APART = 5000;

/** Return what is to be said of the step from one state to the next.
 * @param {State} before @param {State} after @param {Table} table
 * @returns {Sayings} */
export function sayings(before, after, table) {
  const chat = after.chats[after.active];
  const same = before.active === after.active ? before.chats[after.active] : chat;
  /** @type {Record<string, string>} */
  const polite = {};
  const link = connectionWords(after, table);
  if (before.link.status !== "connecting" && link !== connectionWords(before, table)) polite.link = link;
  const first = chat?.placed?.suggestions[0];
  if (first && first.id !== same?.placed?.suggestions[0]?.id) {
    polite.tip = say(table, "newTip", { tip: nameOf(table, first.technique) });
  }
  const found = chat?.check?.findings.length ?? 0;
  if (chat?.check !== same?.check && found) polite.check = `${table.ui.draft}: ${say(table, "found", { count: found })}.`;
  if (chat?.closed && !same?.closed) polite.closed = table.ui.closed;
  return { ...rise(before, after, table), polite };
}

/** Return the sentence to say now, and what is left for later.
 * @param {Record<string, string>} waiting */
export function spoken(waiting) {
  const sentence = Object.values(waiting).join(" ");
  return sentence.length > LONGEST ? `${sentence.slice(0, LONGEST - 1)}…` : sentence;
}

/** @param {State} before @param {State} after @param {Table} table */
function rise(before, after, table) {
  for (const chat of Object.values(after.chats)) {
    const was = before.chats[chat.id]?.escalation;
    const now = chat.escalation;
    if (!was || !now?.level || now === was) continue;
    if (RANKS[now.level] < 3 || RANKS[now.level] <= RANKS[was.level ?? "calm"]) continue;
    const level = table.levels[now.level];
    const name = after.names[chat.id] ?? chat.id;
    const words = chat.id === after.active ? "tensionIs" : "otherTensionIs";
    const theirs = now.reasons?.[0]?.text ?? "";
    return { urgent: spoken({ rise: say(table, words, { level, name, reason: theirs }) }), theirs };
  }
  return { urgent: "" };
}

/** Speaks into an element's two live regions what `sayings` makes of a step.
 * @template {object} S */
export class Voice {
  /** @type {{root: ShadowRoot, table: Table, contentLang: string}} */ #panel;
  /** @type {(before: S, after: S, table: Table) => Sayings} */ #sayings;
  /** @type {Record<string, string>} */ #waiting = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #last = 0;

  /** @param {{root: ShadowRoot, table: Table, contentLang: string}} panel
   * @param {(before: S, after: S, table: Table) => Sayings} sayings */
  constructor(panel, sayings) {
    this.#panel = panel;
    this.#sayings = sayings;
  }

  /** @param {S} before @param {S} after */
  step(before, after) {
    const { urgent, theirs, polite } = this.#sayings(before, after, this.#panel.table);
    if (urgent) this.#write("alert", urgent, theirs);
    if (!Object.keys(polite).length) return;
    Object.assign(this.#waiting, polite);
    this.#plan();
  }

  /** Answer the agent's own act at once.
   * @param {string} words */
  now(words) {
    this.#last = performance.now();
    this.#write("status", words);
    if (Object.keys(this.#waiting).length) this.#plan();
  }

  #plan() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const words = spoken(this.#waiting);
      this.#waiting = {};
      this.now(words);
    }, Math.max(50, this.#last + APART - performance.now()));
  }

  // Emptied first, so that the same sentence is heard twice.
  /** @param {string} role @param {string} words @param {string} [theirs] */
  #write(role, words, theirs = "") {
    const region = this.#panel.root.querySelector(`[role=${role}]`);
    if (!region) return;
    region.textContent = "";
    const own = words.endsWith(theirs) ? words.length - theirs.length : words.length;
    const end = document.createElement("span");
    end.lang = this.#panel.contentLang;
    end.textContent = words.slice(own);
    setTimeout(() => region.replaceChildren(words.slice(0, own), end), 30);
  }
}
