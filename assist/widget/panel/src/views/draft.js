// The check of the reply being written. The law: one line that is always there; the first remark grows from
// it only while the hands rest, and is of use only while the draft is the one that was read.

import { html, nothing } from "lit/html.js";
import { words } from "../places.js";
import { say } from "../words.js";
import { button, content, named, sign } from "./parts.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */
/** @typedef {import("../state.js").Check} Check */

/** @param {Panel} panel @param {Chat} chat */
export function dock(panel, chat) {
  const { ui } = panel.table;
  const { note, review, check } = chat;
  if (panel.draft === undefined && !note) return nothing;
  const found = check?.findings.length ?? 0;
  const hidden = review !== check && (review?.findings.length ?? 0) > 0;
  return html`<section class="dock" data-group="dock" aria-labelledby="dock">
    <div class="row">
      <h2 id="dock">${ui.draft}</h2>
      <p class="status ${note ? "noted" : ""}">${note ? noteWords(panel, note) : status(panel, chat)}</p>
      ${note?.before != null ? button(ui.undo, () => panel.deeds.undo(), { kind: "plain" }) : nothing}
      ${hidden && !note ? button(ui.now, () => panel.now(), { kind: "plain" }) : nothing}
    </div>
    ${check && found ? remark(panel, chat, check) : nothing}
  </section>`;
}

/** @param {Panel} panel @param {NonNullable<Chat["note"]>} note */
function noteWords({ table }, { said, slots }) {
  return `${table.ui[said]} ${slots ? say(table, "stillOpen", { slots }) : ""}`;
}

/** @param {Panel} panel @param {Chat} chat */
function status({ table }, { draft, review }) {
  const { ui } = table;
  if (!draft.text.trim()) return ui.draftEmpty;
  if (!review) return ui.checking;
  const { before, after } = review.tension;
  const way = after > before + 0.005 ? ui.tenser : after < before - 0.005 ? ui.calmer : ui.same;
  const found = review.findings.length;
  return html`${found ? say(table, "found", { count: found }) : ui.fine} · ${way}`;
}

/** @param {Panel} panel @param {Chat} chat @param {Check} check */
function remark(panel, chat, check) {
  const { ui } = panel.table;
  const count = check.findings.length;
  const place = Math.min(chat.open.finding, count - 1);
  const finding = check.findings[place];
  const stale = check.text !== chat.draft.text;
  const because = chat.open.because;
  return html`<article class="finding">
    <h3>${named(panel, finding.technique)}</h3>
    <p><q dir="auto">${words(check.text, finding.span)}</q> ${content(panel, finding.message)}</p>
    ${(finding.rewrites ?? []).map((one) => html`<div class="rewrite">
      <p class="wording">${content(panel, one.text, one.fills)}</p>
      ${button(ui.use, () => panel.deeds.rewrite(finding, one), { kind: "main", name: `${ui.use}: ${one.text}`, off: stale })}</div>`)}
    ${because ? html`<p class="because">${content(panel, finding.why)}</p>` : nothing}
    <div class="asides">
      <button class="plain" aria-expanded=${because} @click=${() => panel.open({ because: !because })}>${ui.why}</button>
      ${count > 1
        ? html`<span class="pager"><span class="soft">${say(panel.table, "at", { place: place + 1, count })}</span>
            <button class="icon" aria-label=${ui.nextFinding} @click=${() => panel.open({ finding: (place + 1) % count, because: false })}>${sign("more")}</button></span>`
        : nothing}
    </div>
  </article>`;
}
