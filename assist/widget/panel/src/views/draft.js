// The check of the reply being written. The law: one line that is always there; the remarks grow from it only
// while the hands rest, all of them in sight and one open, of use only while the draft is the one that was read.

import { html, nothing } from "lit/html.js";
import { words } from "../places.js";
import { say } from "../words.js";
import { button, content, named, opener } from "./parts.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */
/** @typedef {import("../state.js").Check} Check */

/** @param {Panel} panel @param {Chat} chat */
export function dock(panel, chat) {
  const { ui } = panel.table;
  const { note, review, check } = chat;
  if (panel.draft === undefined && !note) return nothing;
  const hidden = review !== check && (review?.findings.length ?? 0) > 0;
  return html`<section class="dock" data-group="dock" aria-labelledby="dock">
    <div class="row">
      <h2 id="dock">${ui.draft}</h2>
      <p class="status ${note ? "noted" : ""}">${note ? noteWords(panel, note) : status(panel, chat)}</p>
      ${note?.before != null ? button(ui.undo, () => panel.deeds.undo(), { kind: "plain" }) : nothing}
      ${hidden && !note ? button(ui.now, () => panel.now(), { kind: "plain" }) : nothing}
    </div>
    ${check?.findings.map((_, place) => remark(panel, chat, check, place))}
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

/** @param {Panel} panel @param {Chat} chat @param {Check} check @param {number} place */
function remark(panel, chat, check, place) {
  const { ui } = panel.table;
  const finding = check.findings[place];
  const open = place === chat.open.finding;
  const stale = check.text !== chat.draft.text;
  const because = chat.open.because;
  const quote = html`<q lang=${panel.contentLang} dir="auto">${words(check.text, finding.span)}</q>`;
  const name = named(panel, finding.technique);
  const title = check.findings.length < 2 ? name : opener(html`<span>${name} ${open ? nothing : quote}</span>`, open,
    () => panel.open({ finding: open ? -1 : place, because: false }));
  return html`<article class="finding"><h3>${title}</h3>${open ? html`
    <p>${quote} ${content(panel, finding.message)}</p>
    ${(finding.rewrites ?? []).map((one) => html`<div class="rewrite">
      <p class="wording">${content(panel, one.text, one.fills)}</p>
      ${button(ui.use, () => panel.deeds.rewrite(finding, one), { kind: "main", name: `${ui.use}: ${one.text}`, off: stale })}</div>`)}
    ${because ? html`<p class="because">${content(panel, finding.why)}</p>` : nothing}
    <div class="asides">
      <button class="plain" aria-expanded=${because} @click=${() => panel.open({ because: !because })}>${ui.why}</button>
    </div>` : nothing}
  </article>`;
}
