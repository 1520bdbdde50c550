// The record of a chat, to hand it over: why it stands here, and what was said, offered, agreed and left open.
// The law: it tells of the chat, never of the agent.

import { html, nothing } from "lit/html.js";
import { nameOf } from "../../../panel/src/words.js";
import { steps, points, TRENDS } from "../../../panel/src/views/level.js";
import { button, content, sign } from "../../../panel/src/views/parts.js";
import { RANKS } from "../../../panel/src/state.js";
import { called } from "../state.js";
import { ago } from "../words.js";
import { heading } from "./row.js";

/** @typedef {import("../element.js").ChatAssistWall} Wall @typedef {import("../state.js").Chat} Chat */

const REASONS = 5;

/** @param {Wall} wall @param {Chat} chat */
export function record(wall, chat) {
  const { state, table, words } = wall;
  const { ui } = words;
  return html`<aside class="record" data-group="record" data-level=${chat.level} aria-labelledby="record">
    <div class="head"><h2 id="record" dir="auto" tabindex="-1">${heading(chat)}</h2>${button(ui.back, () => wall.open(""))}</div>
    <p class="level">${steps(RANKS[chat.level])}<strong>${table.levels[chat.level]}</strong>
      <span class="trend">${sign(TRENDS[chat.trend])} ${table.trends[chat.trend]}</span></p>
    <h3>${ui.whyNow}</h3>
    ${reasons(wall, chat.reasons)}
    ${chat.calls.length
      ? html`<h3>${ui.alerts}</h3>${chat.calls.map((call) => html`<p class="soft">${table.levels[call.level]}, ${ago(words, call.at, state.now)}</p>
          ${isSaid(chat, call) ? nothing : reasons(wall, call.reasons)}`)}`
      : nothing}
    ${state.record
      ? html`<dl>${partsOf(wall).map(([name, lines]) => html`<dt>${name}</dt>${lines.map((line) => html`<dd>${content(wall, line)}</dd>`)}`)}</dl>
          <p class="buttons">${button(state.copied ? ui.copied : ui.copy, () => wall.copy())}</p>`
      : html`<p class="soft">${ui.reading}</p>`}
  </aside>`;
}

// The reasons of an alert stand there once, if they are those of the level.
/** @param {Chat} chat @param {import("../state.js").Call} call */
function isSaid(chat, call) {
  const said = new Set(chat.reasons.map(({ text }) => text));
  return call.reasons.every(({ text }) => said.has(text));
}

/** @param {Wall} wall @param {import("../state.js").Reason[]} all */
function reasons(wall, all) {
  if (!all.length) return html`<p class="soft">${wall.words.ui.noReason}</p>`;
  return html`<ul class="reasons">${all.slice(0, REASONS).map(({ text, weight }) => html`<li><span class="weight">${points(weight)}</span>${content(wall, text)}</li>`)}</ul>`;
}

/** Return the parts of the record that say something, each with its name.
 * @param {Wall} wall @returns {[string, string[]][]} */
function partsOf({ state, table, words }) {
  if (!state.record) return [];
  if (state.record.record?.length) return notedParts(table, state.record.record);
  const { problem, causes, feeling, offered, agreed, open } = state.record;
  const mood = (/** @type {{score: number}} */ { score }) => table.labels[score <= -0.25 ? "negative" : score >= 0.25 ? "positive" : "neutral"];
  const felt = feeling.length ? [[...new Set([mood(feeling[0]), mood(feeling[feeling.length - 1])])].join(" → ")] : [];
  const all = /** @type {[string, string[]][]} */ ([
    [table.ui.problem, problem ? [problem] : []],
    [table.ui.causes, causes.map((cause) => nameOf(table, cause))],
    [words.ui.feeling, felt],
    [table.ui.offered, offered],
    [table.ui.agreed, agreed],
    [table.ui.stillToDo, open],
  ]);
  const said = all.filter(([, lines]) => lines.length);
  return said.length ? said : [[words.ui.noRecord, []]];
}

// The lines of the record, each under the part of it that it is of.
/** @param {import("../words.js").Table} table @param {import("../../../panel/src/wire").Noted[]} record @returns {[string, string[]][]} */
function notedParts({ ui, states }, record) {
  const names = new Map([
    ["problem", ui.problem], ["cause", ui.causes], ["feeling", ui.feeling], ["offered", ui.offered], ["agreed", ui.agreed],
    ["open", ui.stillToDo], ["closed", states.kept],
  ]);
  const named = [...names].map(([part, name]) => [name, record.filter((one) => one.part === part).map(({ text }) => text)]);
  return /** @type {[string, string[]][]} */ (named).filter(([, lines]) => lines.length);
}

/** Return the open record as plain text, for the clipboard.
 * @param {Wall} wall */
export function recordText(wall) {
  const parts = partsOf(wall).map(([name, lines]) => [name, ...lines.map((line) => `- ${line}`)].join("\n"));
  const chat = wall.state.chats[wall.state.open];
  return [chat ? called(chat) : wall.state.open, ...parts].join("\n\n");
}
