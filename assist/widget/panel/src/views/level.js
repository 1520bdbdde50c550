// Where the chat stands and how it got there: level, reasons, the feeling over time.

import { html, nothing } from "lit/html.js";
import { movers, RANKS } from "../state.js";
import { nameOf, say } from "../words.js";
import { content, opener, quotes, sign } from "./parts.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */

const SHOWN = 4;
export const TRENDS = /** @type {const} */ ({ falling: "down", steady: "flat", rising: "up" });

/** Return four bars, as many full as the level is high.
 * @param {number} rank */
export function steps(rank) {
  const bars = (/** @type {number[]} */ all) => all.map((step) => `M${step * 7 - 6} 19v-${step * 4}h4.5v${step * 4}`).join("");
  const all = [1, 2, 3, 4];
  return html`<svg class="steps" viewBox="0 0 28 20" aria-hidden="true"><path d=${bars(all.slice(0, rank))}></path
    ><path class="off" d=${bars(all.slice(rank))}></path></svg>`;
}

/** @param {Panel} panel @param {Chat} chat */
export function level(panel, chat) {
  const { table } = panel;
  const { level: name, trend = "steady", reasons = [] } = chat.escalation ?? {};
  const read = name && (reasons.length || chat.feelings.length);
  const top = reasons[0]?.evidence?.length ? content(panel, reasons[0].text) : table.ui.base;
  return html`<section class="level" data-level=${read ? name : "none"} data-group="level" aria-label=${table.ui.tension}>
    <div class="row">
      ${steps(read ? RANKS[name] : 0)}
      <p class="word"><span class="soft">${table.ui.tension}</span>
        <strong>${read ? table.levels[name] : table.ui.noLevel}</strong></p>
      ${read ? html`<p class="trend">${sign(TRENDS[trend])} ${table.trends[trend]}</p>` : nothing}
    </div>
    <div class="row top">
      <p class="reason">${read ? top : nothing}</p>
      ${read && reasons.length
        ? opener(table.ui.whyLevel, chat.open.reasons, () => panel.open({ reasons: !chat.open.reasons }))
        : nothing}
    </div>
    ${read && chat.open.reasons ? why(panel, chat) : nothing}
  </section>`;
}

// The parts shown add up to the whole: what has no row of its own stands in the last one.
/** @param {Panel} panel @param {Chat} chat */
function why(panel, chat) {
  const { table } = panel;
  const { score = 0, reasons = [] } = chat.escalation ?? {};
  const shown = reasons.length > SHOWN ? reasons.slice(0, SHOWN - 1) : reasons;
  const rest = reasons.slice(shown.length).reduce((sum, { weight }) => sum + weight, 0);
  return html`<p class="soft">${say(table, "score", { score: Math.round(score * 100) })}</p>
    <ul class="reasons">
      ${shown.map(
        ({ text, weight, evidence }) => html`<li>
          <span class="weight">${points(weight)}</span>${content(panel, text)}
          ${evidence?.length ? html`<div>${quotes(panel, chat, evidence, 18, 1)}</div>` : nothing}
        </li>`,
      )}
      ${shown.length < reasons.length
        ? html`<li><span class="weight">${points(rest)}</span>${table.ui.rest}</li>`
        : nothing}
    </ul>`;
}

/** Return a weight as signed points of a hundred.
 * @param {number} weight */
export function points(weight) {
  const whole = Math.round(weight * 100);
  return `${whole < 0 ? "−" : "+"}${Math.abs(whole)}`;
}

/** @param {Panel} panel @param {Chat} chat */
export function feeling(panel, chat) {
  const { table } = panel;
  const { feelings } = chat;
  const last = feelings.at(-1);
  if (!last) return nothing;
  const label = mood(last.score);
  const moved = movers(feelings);
  return html`<section class="feeling" data-group="feeling" aria-labelledby="feeling">
    <div class="head"><h2 id="feeling">${table.ui.feeling}</h2><p class="soft">${table.labels[label]}</p></div>
    <div class="curve">
      <span aria-hidden="true">${table.labels.positive}</span>
      ${curve(panel, feelings, say(table, "feelingLabel", { count: feelings.length, now: table.labels[label] }))}
      <span aria-hidden="true">${table.labels.negative}</span>
    </div>
    <ul class="movers">${moved.slice(0, 2).map((one) => mover(panel, chat, one))}</ul>
  </section>`;
}

/** @param {number} score @returns {"negative" | "neutral" | "positive"} */
function mood(score) {
  return score <= -0.25 ? "negative" : score >= 0.25 ? "positive" : "neutral";
}

/** @param {Panel} panel @param {Chat} chat @param {ReturnType<typeof movers>[number]} moved */
function mover(panel, chat, { turn, by, name, evidence = [] }) {
  const { table } = panel;
  const way = by > 0 ? "up" : "down";
  const known = chat.turns.find(({ id }) => id === turn);
  const words = html`${sign(way)}<span class="unseen">${table.ui[way]}: </span
    ><span lang=${known ? panel.contentLang : nothing} dir="auto">${known?.text ?? (name ? nameOf(table, name) : "…")}</span>`;
  const spans = evidence.filter((one) => one.turn === turn).map(({ span }) => span);
  if (!known) return html`<li>${words}</li>`;
  return html`<li><button class="line" title=${known.text} @click=${() => panel.deeds.show(turn, spans)}>${words}</button></li>`;
}

/** @param {Panel} panel @param {import("../state.js").Felt[]} all @param {string} label */
function curve(panel, all, label) {
  const from = Math.max(0, all.length - 40);
  const feelings = all.slice(from);
  const wide = 212 / Math.max(9, feelings.length - 1);
  const across = (/** @type {number} */ place) => (panel.rightToLeft ? 216 - place * wide : 4 + place * wide);
  const down = (/** @type {number} */ score) => 24 - score * 17;
  const path = feelings.map(({ score }, place) => `${across(place).toFixed(1)},${down(score).toFixed(1)}`).join(" ");
  const dots = movers(all)
    .filter(({ place }) => place >= from && place < all.length - 1)
    .map(({ place, score, by }) => `M${across(place - from) - 4.5} ${down(score)}h9l-4.5 ${by > 0 ? -7 : 7}`)
    .join("");
  const last = feelings.length - 1;
  return html`<svg viewBox="0 0 220 48" role="img" aria-label=${label}>
    <path class="zero" d="M0 24H220"></path><polyline class="path" points=${path}></polyline><path class="moved" d=${dots}></path>
    <circle class="last" cx=${across(last)} cy=${down(feelings[last].score)} r="4"></circle>
  </svg>`;
}
