// What to say next. The law: one card stands open, at most two more are folded; each names the words that
// caused it; nothing here sends anything.

import { html, nothing } from "lit/html.js";
import { waiting } from "../state.js";
import { nameOf, say } from "../words.js";
import { button, content, named, opener, quotes } from "./parts.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */
/** @typedef {import("../wire").Suggestion} Suggestion */

const SHOWN = 3;

/** @param {Panel} panel @param {Chat} chat */
export function advice(panel, chat) {
  const { ui } = panel.table;
  const cards = (chat.placed?.suggestions ?? []).slice(0, SHOWN);
  const fresh = waiting(chat);
  return html`<section class="advice" aria-labelledby="advice">
    <div class="head" data-group="fresh"><h2 id="advice">${ui.advice}</h2>
      ${fresh && chat.held
        ? html`<p class="fresh">${say(panel.table, "fresh", { count: fresh })}, ${say(panel.table, chat.held)}</p>
            ${button(ui.now, () => panel.now(), { kind: "plain" })}`
        : nothing}
    </div>
    ${cards.length
      ? html`<ul class="cards">${cards.map((card, place) => html`<li>${whole(panel, chat, card, place)}</li>`)}</ul>`
      : html`<div class="blank"><p>${ui.noAdvice}</p></div>`}
    ${chat.snoozed.map((technique) => html`<p class="snoozed" data-group=${`snoozed ${technique}`}>
      ${say(panel.table, "snoozedTip", { tip: nameOf(panel.table, technique) })}
      ${button(ui.wake, () => panel.deeds.wake(technique), { kind: "plain", name: `${ui.wake}: ${nameOf(panel.table, technique)}` })}</p>`)}
    <div class="kept" data-group="kept">${opener(ui.heldBack, chat.open.kept, () => panel.deeds.askHeld())}
      ${chat.open.kept ? heldBack(panel, chat) : nothing}</div>
  </section>`;
}

// The last time that each was held back, the latest first.
/** @param {Panel} panel @param {Chat} chat */
function heldBack(panel, { heldBack: moments }) {
  const { table } = panel;
  const all = new Map(moments.flatMap(({ held = [] }) => held).map((one) => [one.technique, one.reason]));
  if (!all.size) return html`<p class="soft">${table.ui.noneHeld}</p>`;
  return html`<ul class="soft">${[...all].reverse().map(([technique, reason]) => html`<li>${named(panel, technique)}: ${nameOf(table, `held.${reason}`)}</li>`)}</ul>`;
}

/** @param {Panel} panel @param {Chat} chat @param {Suggestion} card @param {number} place */
function whole(panel, chat, card, place) {
  const { table } = panel;
  const acted = chat.acted[card.id];
  const gone = acted === "dismissed" || acted === "snoozed";
  const open = place === 0 || chat.open.card === card.id;
  const title = named(panel, card.technique);
  return html`<article class="card ${place ? "more" : "first"} ${card.kind}" data-group=${card.id} data-card=${card.id}>
    ${gone ? html`<p class="gone">${table.ui[acted]}</p>` : nothing}
    <div class="body" ?inert=${gone}>
      <h3>${place ? opener(title, open, () => panel.open({ card: open ? "" : card.id })) : title}</h3>
      ${open ? inside(panel, chat, card) : nothing}
    </div>
  </article>`;
}

/** @param {Panel} panel @param {Chat} chat @param {Suggestion} card */
function inside(panel, chat, card) {
  const { ui } = panel.table;
  const { line, slots } = panel.deeds.lineOf(chat, card);
  const editing = chat.open.editing === card.id;
  const note = card.kind === "reply" ? "" : ui[card.kind];
  return html`${note ? html`<p class="soft">${note}</p>` : nothing}
    ${editing
      ? html`<textarea rows="4" aria-label=${ui.yourWords} lang=${panel.contentLang} dir="auto" .value=${line}></textarea>`
      : html`<p class="wording">${content(panel, line, slots)}</p>`}
    ${chat.open.dismissing === card.id ? reasons(panel, card) : [uses(panel, chat, card, line, editing), asides(panel, chat, card)]}
    ${chat.open.why === card.id
      ? html`<div class="because"><p>${content(panel, card.why)}</p><h4>${ui.heard}</h4>${quotes(panel, chat, card.evidence)}
          ${chat.rated.includes(card.id)
            ? html`<p>${ui.thanks}</p>`
            : html`<div class="asides">${button(ui.helpful, () => panel.deeds.rate(card, true), { kind: "plain" })}
                ${button(ui.unhelpful, () => panel.deeds.rate(card, false), { kind: "plain" })}</div>`}</div>`
      : nothing}`;
}

/** @param {Panel} panel @param {Chat} chat @param {Suggestion} card @param {string} line @param {boolean} editing */
function uses(panel, chat, card, line, editing) {
  if (card.kind !== "reply") return nothing;
  const { ui } = panel.table;
  const main = panel.noInsert ? nothing : button(ui.insert, () => panel.deeds.insert(card), { kind: "main", name: `${ui.insert}: ${line}` });
  const copy = button(ui.copy, () => panel.deeds.copy(card), { kind: panel.noInsert ? "main" : "", name: `${ui.copy}: ${line}` });
  const open = chat.open.editing;
  const edit = editing
    ? button(ui.cancel, () => panel.open({ editing: "" }))
    : button(ui.edit, () => panel.deeds.edit(card), { name: `${ui.edit}: ${line}`, off: open !== "" && open !== card.id });
  return html`<div class="buttons">${main}${copy}${edit}</div>`;
}

/** @param {Panel} panel @param {Chat} chat @param {Suggestion} card */
function asides(panel, chat, card) {
  const { ui } = panel.table;
  const tip = nameOf(panel.table, card.technique);
  const why = chat.open.why === card.id;
  return html`<div class="asides">
    <button class="plain" aria-expanded=${why} @click=${() => panel.open({ why: why ? "" : card.id })}>${ui.why}</button>
    ${card.lines.length > 1 && chat.open.editing !== card.id
      ? button(ui.other, () => panel.deeds.otherLine(card), { kind: "plain" })
      : nothing}
    ${button(ui.snooze, () => panel.deeds.snooze(card), { kind: "plain", name: `${ui.snooze}: ${tip}` })}
    ${button(ui.dismiss, () => panel.open({ dismissing: card.id }), { kind: "plain", name: `${ui.dismiss}: ${tip}` })}
  </div>`;
}

/** @param {Panel} panel @param {Suggestion} card */
function reasons(panel, card) {
  const { reasons: words, ui } = panel.table;
  return html`<div class="dismiss" role="group" aria-label=${ui.dismissWhy}>
    <p class="soft">${ui.dismissWhy}</p>
    <div class="chips">
      ${Object.entries(words).map(([reason, name]) => button(name, () => panel.deeds.dismiss(card, reason), { kind: "chip" }))}
    </div>
    <div class="asides">${button(ui.nothing, () => panel.deeds.dismiss(card), { kind: "plain" })}
      ${button(ui.cancel, () => panel.open({ dismissing: "" }), { kind: "plain" })}</div>
  </div>`;
}
