// One chat in the list. The law: a row keeps its height whatever it says, so that nothing under it moves.

import { html, nothing } from "lit/html.js";
import { RANKS } from "../../../panel/src/state.js";
import { say } from "../../../panel/src/words.js";
import { steps, TRENDS } from "../../../panel/src/views/level.js";
import { button, sign } from "../../../panel/src/views/parts.js";
import { alertOf, called } from "../state.js";
import { ago } from "../words.js";

/** @typedef {import("../element.js").ChatAssistWall} Wall @typedef {import("../state.js").Chat} Chat */

const REASONS = 3;

/** @param {Wall} wall @param {Chat} chat */
export function row(wall, chat) {
  const { state, table, words } = wall;
  const { id, level, trend, reasons, calls } = chat;
  const told = (calls.at(-1)?.reasons ?? reasons).filter(({ weight }) => weight > 0).slice(0, REASONS);
  return html`<li class="chat ${calls.length ? "unmet" : ""}" data-group=${id} data-level=${level} ?data-old=${chat.old}>
    <p class="level">${steps(RANKS[level])}<strong>${table.levels[level]}</strong>
      <span class="trend">${sign(TRENDS[trend])} ${table.trends[trend]}</span></p>
    <div class="what"><h2 dir="auto">${heading(chat)}</h2>
      <p class="reason" lang=${wall.contentLang} dir="auto">${told.map(({ text }) => text).join(" · ") || words.ui.noReason}</p></div>
    <p class="since"><span class="unseen">${words.ui.waits} </span>${since(wall, chat)}<span
      class="wait">${unanswered(wall, chat)}</span></p>
    <div class="buttons">
      ${calls.length
        ? button(calls.every((one) => state.asked.includes(alertOf(id, one.id))) ? words.ui.asked : words.ui.acknowledge, () => wall.acknowledge(chat), {
            kind: "main", name: `${words.ui.acknowledge}: ${called(chat)}`,
          })
        : html`<p class="met">${chat.seen ? html`${sign("done")} ${words.ui.seen}` : nothing}</p>`}
      <button class="hand-over" aria-label=${`${words.ui.handOver}: ${called(chat)}`} aria-expanded=${state.open === id}
        @click=${() => wall.open(state.open === id ? "" : id)}>${words.ui.handOver}</button>
    </div>
  </li>`;
}

/** Return a chat's name: the customer's with the id small beside it, else the id.
 * @param {Chat} chat */
export function heading({ id, name }) {
  return name ? html`<bdi>${name}</bdi> <small class="id">${id}</small>` : id;
}

/** Return how long the customer has waited for an answer, as the chat's own times tell, or that it is closed.
 * @param {Wall} wall @param {Chat} chat */
export function unanswered({ state, table, words }, { unanswered: then, closed }) {
  if (closed) return table.ui.closed;
  return then === null ? "" : say(words, "unanswered", { time: ago(words, then, state.now) });
}

/** Return how long a chat has waited for a look, as far as the wall has seen.
 * @param {Wall} wall @param {Chat} chat */
export function since({ state, words }, { since: then, exact }) {
  const time = ago(words, then, state.now);
  return exact || time === words.ui.justNow ? time : say(words, "atLeast", { time });
}
