// The panel as a whole: the line of the connection, the chats, what stands in between, the list of keys.

import { html, nothing } from "lit/html.js";
import { KEYS } from "../keys.js";
import { RANKS } from "../state.js";
import { connectionWords } from "../words.js";
import { advice } from "./advice.js";
import { dock } from "./draft.js";
import { feeling, level, steps } from "./level.js";
import { around, button } from "./parts.js";
import { checklist, ledger, summary } from "./record.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */

/** @param {Panel} panel */
export function frame(panel) {
  const { state, table } = panel;
  const chat = state.chats[state.active];
  return html`<div class="panel" role="region" lang=${panel.tag} aria-label=${table.ui.panel} @keydown=${panel.hands.onKey}
      @focusin=${panel.hands.onFocus} @focusout=${panel.hands.onFocus}>
    <header>
      <div class="row" data-group="top">
        <p class="link ${state.link.status}"><span class="dot"></span>${connectionWords(state, table)}</p>
        <button class="icon" aria-label=${table.ui.help} aria-expanded=${state.view === "help"}
          @click=${() => panel.view(state.view ? "" : "help")}>?</button>
      </div>
      ${tabs(panel)}
      ${state.error
        ? html`<div class="error" data-group="error"><p>${around(panel, table.ui.failed, state.error)}</p>
            ${button(table.ui.close, () => panel.tell({ type: "here.error", words: "" }), { kind: "plain" })}</div>`
        : nothing}
    </header>
    <div class="middle" id="chat" role=${panel.several ? "tabpanel" : nothing} aria-label=${panel.several ? panel.nameOf(state.active) : nothing}>
      ${state.view === "help" ? help(panel) : middle(panel, chat)}
    </div>
    ${chat?.loaded && !state.view && !chat.closed ? dock(panel, chat) : nothing}
    <p class="unseen" role="status"></p>
    <p class="unseen" role="alert"></p>
  </div>`;
}

/** @param {Panel} panel @param {Chat | undefined} chat */
function middle(panel, chat) {
  const { ui } = panel.table;
  if (!chat) return html`<div class="blank tall"><p>${ui.noChat}</p><p>${ui.noChatMore}</p></div>`;
  if (!chat.loaded) {
    if (panel.state.link.status === "refused") return nothing;
    return html`<div class="loading"><p class="soft">${ui.loading}</p><i></i><i></i><i></i></div>`;
  }
  const still = html`<div class="still" @pointerenter=${panel.hands.onOver} @pointerleave=${panel.hands.onOver}>
    ${chat.closed ? summary(panel, chat) : advice(panel, chat)}${ledger(panel, chat)}${checklist(panel, chat)}</div>`;
  return [level(panel, chat), feeling(panel, chat), still];
}

/** @param {Panel} panel */
function tabs(panel) {
  if (!panel.several) return nothing;
  const { state, table } = panel;
  return html`<div class="tabs" role="tablist" data-group="chats" aria-label=${table.ui.chats}>
    ${Object.entries(state.names).map(([id, name]) => {
      const at = state.chats[id]?.escalation?.level;
      return html`<button role="tab" id=${`tab-${id}`} aria-selected=${id === state.active} aria-controls="chat"
        data-level=${at ?? "none"} @click=${() => panel.choose(id)}>${steps(at ? RANKS[at] : 0)}<span dir="auto">${name}</span>${at ? html`<span class="unseen">${table.levels[at]}</span>` : nothing}</button>`;
    })}
  </div>`;
}

/** @param {Panel} panel */
function help(panel) {
  const { ui } = panel.table;
  const names = /** @type {Record<string, string>} */ ({ ...ui, ...panel.table.acts });
  return html`<section class="help" aria-labelledby="help">
    <h2 id="help">${ui.help}</h2>
    <p class="soft">${ui.keysMore}</p>
    <dl>${/** @type {(keyof typeof KEYS)[]} */ (Object.keys(KEYS)).map((act) => html`<div data-group=${`key ${act}`}><dt>${names[act]}</dt>
      <dd><button aria-label=${`${names[act]}: ${panel.keys[act]}`} class="key"
        @click=${() => panel.capture(act)}>${panel.capturing === act ? ui.pressKey : panel.keys[act]}</button></dd></div>`)}</dl>
    <div data-group="shut">${button(ui.close, () => panel.view(""))}</div>
  </section>`;
}
