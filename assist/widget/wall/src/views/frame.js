// The wall as a whole: the connection, the counts, the list, and the record that is open.

import { html, nothing } from "lit/html.js";
import { repeat } from "lit/directives/repeat.js";
import { connectionWords, say } from "../../../panel/src/words.js";
import { around, button } from "../../../panel/src/views/parts.js";
import { counts, waiting } from "../state.js";
import { row } from "./row.js";
import { record } from "./record.js";

/** @typedef {import("../element.js").ChatAssistWall} Wall */

/** @param {Wall} wall */
export function frame(wall) {
  const { state, table, words } = wall;
  const { open, error } = state;
  const chat = Object.hasOwn(state.chats, open) ? state.chats[open] : undefined;
  return html`<div class="wall" lang=${wall.tag} @keydown=${wall.onKey} @focusin=${wall.onFocus} @focusout=${wall.onFocus}>
    <header>
      <div class="row"><h1>${words.ui.title}</h1>
        ${wall.locked ? nothing : html`<p class="link ${state.link.status}"><span class="dot"></span>${linkWords(wall)}</p>`}</div>
      ${state.loaded && !wall.locked ? tally(wall) : nothing}
      ${error
        ? html`<div class="error" data-group="error"><p>${around(wall, table.ui.failed, error)}</p>
            ${button(table.ui.close, () => wall.tell({ type: "here.error", words: "" }), { kind: "plain" })}</div>`
        : nothing}
    </header>
    <main ?data-open=${chat && !wall.locked}>
      ${wall.locked ? signIn(wall) : nothing}
      ${wall.locked && !state.loaded ? nothing : list(wall)}
      ${chat && !wall.locked ? record(wall, chat) : nothing}
    </main>
    <p class="unseen" role="status"></p>
    <p class="unseen" role="alert"></p>
  </div>`;
}

/** @param {Wall} wall */
function linkWords({ state, table, words }) {
  const { status, code } = state.link;
  return status === "refused" && code === 4102 ? words.ui.wrongRole : connectionWords(state, table);
}

/** @param {Wall} wall */
function tally(wall) {
  const { state, words } = wall;
  const { unseen, ...levels } = counts(state);
  const { fresh, moved } = waiting(state);
  const news = fresh ? say(words, "fresh", { count: fresh }) : words.ui.newOrder;
  return html`<div class="row tally" data-group="tally">
    <p>${say(words, "counts", levels)}</p>
    <p class=${unseen ? "unmet" : "soft"}>${unseen ? say(words, "unseen", { count: unseen }) : words.ui.allSeen}</p>
    ${moved
      ? html`<p class="fresh">${news}, ${state.hands.over ? words.ui.over : words.ui.within}</p>
          ${button(words.ui.now, () => wall.tell({ type: "here.now" }), { kind: "plain" })}`
      : nothing}
  </div>`;
}

/** @param {Wall} wall */
function list(wall) {
  const { state, words } = wall;
  if (!state.loaded) {
    if (state.link.status === "refused") return nothing;
    return html`<div class="loading"><p class="soft">${words.ui.loading}</p><i></i><i></i><i></i></div>`;
  }
  const chats = state.order.filter((id) => Object.hasOwn(state.chats, id)).map((id) => state.chats[id]);
  if (!chats.length) return html`<div class="blank"><p>${words.ui.empty}</p><p>${words.ui.emptyMore}</p></div>`;
  return html`<section class="list" aria-label=${words.ui.list} @pointerenter=${wall.onOver} @pointerleave=${wall.onOver}>
    <ul>${repeat(chats, ({ id }) => id, (chat) => row(wall, chat))}</ul></section>`;
}

/** @param {Wall} wall */
function signIn(wall) {
  const { state, words } = wall;
  return html`<form class="card" data-group="sign-in" @submit=${wall.onSignIn}>
    <h2>${words.ui.signIn}</h2>
    ${state.link.status === "refused" ? html`<p class="refused">${linkWords(wall)}</p>` : nothing}
    <label for="token">${words.ui.token}</label>
    <input id="token" type="password" autocomplete="off" spellcheck="false" aria-describedby="token-more">
    <p class="soft" id="token-more">${words.ui.tokenMore}</p>
    <button class="main">${words.ui.connect}</button>
  </form>`;
}
