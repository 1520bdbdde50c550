// Small parts that several views share. The law: all text is bound as text; content of the service carries
// its own language and finds its own direction.

import { html, nothing } from "lit/html.js";
import { evidenceTurns } from "../state.js";
import { pieces } from "../places.js";
import { nameOf, word } from "../words.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */
/** @typedef {import("../wire").Evidence} Evidence */

const SHAPES = {
  up: "M3 12 12 4M6 4h6v6",
  down: "M3 4l9 8M6 12h6V6",
  flat: "M2 8h12M10 4l4 4-4 4",
  done: "M2 9l4 4 8-10",
  open: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2",
  late: "M8 2v8M8 13v1",
  more: "M5 3l6 5-6 5",
  dropped: "M3 8h10",
};

/** Return a small sign, for eyes only.
 * @param {keyof typeof SHAPES} name */
export function sign(name) {
  return html`<svg class="sign ${name}" viewBox="0 0 16 16" aria-hidden="true"><path d=${SHAPES[name]}></path></svg>`;
}

/** Return a button.
 * @param {string} words @param {(event: Event) => void} click @param {{kind?: string, name?: string, off?: boolean}} [more] */
export function button(words, click, { kind = "", name = "", off = false } = {}) {
  return html`<button class=${kind} aria-label=${name || nothing} ?disabled=${off} @click=${click}>${words}</button>`;
}

/** Return a button that opens and shuts what stands below it.
 * @param {unknown} words @param {boolean} open @param {() => void} click @param {string} [kind] */
export function opener(words, open, click, kind = "") {
  return html`<button class="opener ${kind}" aria-expanded=${open} @click=${click}>${words}${sign("more")}</button>`;
}

/** Return a text of the service or the chat, in their language, its open slots shown as such.
 * @param {{contentLang: string}} panel @param {string} text @param {{name: string, span: [number, number]}[]} [slots] */
export function content(panel, text, slots = []) {
  const parts = pieces(text, slots.map(({ span }) => span)).map((piece) => {
    if (!piece.marked) return piece.text;
    return html`<span class="slot">${piece.text}</span>`;
  });
  return html`<span lang=${panel.contentLang} dir="auto">${parts}</span>`;
}

/** Return the words that evidence points at, marked in their turns; pressing one shows it in the chat.
 * @param {Panel} panel @param {Chat} chat @param {Evidence[]} [evidence] @param {number} [around] @param {number} [most] */
export function quotes(panel, chat, evidence = [], around = 60, most = 2) {
  if (!evidence.length) return nothing;
  const known = evidenceTurns(chat, evidence).slice(-most);
  if (!known.length) return html`<p class="soft">${panel.table.ui.elsewhere}</p>`;
  return known.map(({ turn, spans }) => {
    const parts = pieces(turn.text, spans, around).map((piece) =>
      piece.marked ? html`<mark>${piece.text}</mark>` : piece.text,
    );
    return html`<button class="quote" lang=${panel.contentLang} dir="auto"
      @click=${() => panel.deeds.show(turn.id, spans)}>${parts}</button>`;
  });
}

/** Return a technique's name: the table's, else what the service calls it in English.
 * @param {{table: import("../words.js").Table}} panel @param {string} id */
export function named(panel, id) {
  return html`<span lang=${word(panel.table.techniques, id) ? nothing : "en"} dir="auto">${nameOf(panel.table, id)}</span>`;
}

/** Return a sentence of the table around words of the service, each in its language.
 * @param {{contentLang: string}} panel @param {string} sentence @param {string} theirs */
export function around(panel, sentence, theirs) {
  const [before, after] = sentence.split("{words}");
  return html`${before}${content(panel, theirs)}${after}`;
}
