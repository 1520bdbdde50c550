// What was promised, what has been done so far, and the record of a closed chat.

import { html, nothing } from "lit/html.js";
import { say } from "../words.js";
import { content, opener, sign } from "./parts.js";

/** @typedef {import("../element.js").ChatAssistPanel} Panel */
/** @typedef {import("../state.js").Chat} Chat */
/** @typedef {import("../wire").Entry} Entry */

/** The most pressing first. */
const SIGNS = /** @type {const} */ ({
  overdue: "late", contradicted: "late", open: "open", kept: "done", dropped: "dropped",
});
const ORDER = Object.keys(SIGNS);
/** What counts as a step, used by the agent: its own technique, or any of these.
 * @type {Record<string, string[]>} */
const STEPS = {
  "acknowledge-feelings": ["acknowledge-feelings", "empathy", "active-listening", "apologise"],
  "inform-progress": ["inform-progress", "follow-up", "ledger", "time-bound"],
  "check-in": ["check-in", "seek-feedback"],
};

/** @param {Panel} panel @param {Chat} chat */
export function ledger(panel, chat) {
  const { ui } = panel.table;
  const entries = [...(chat.placed?.ledger ?? [])].sort(
    (one, other) => ORDER.indexOf(one.state ?? "open") - ORDER.indexOf(other.state ?? "open") ||
      String(one.due ?? "~").localeCompare(String(other.due ?? "~")),
  );
  return html`<section class="ledger" aria-labelledby="ledger">
    <h2 id="ledger">${ui.ledger}</h2>
    ${entries.length
      ? html`<ul>${entries.map((entry) => promise(panel, chat, entry))}</ul>`
      : html`<p class="soft">${ui.noLedger}</p>`}
  </section>`;
}

/** @param {Panel} panel @param {Chat} chat @param {Entry} entry */
function promise(panel, chat, entry) {
  const { owners, states } = panel.table;
  const { state = "open", owner, what, due, evidence } = entry;
  return html`<li data-state=${state} class=${SIGNS[state]} data-group=${entry.id}>${sign(SIGNS[state])}
    <div>${toTurn(panel, chat, what, evidence)}
      <p class="terms soft">${[entry.who || owners[owner], due ? by(panel, due) : "", states[state]].filter(Boolean).join(" · ")}</p>
    </div></li>`;
}

/** @param {Panel} panel @param {string} due */
function by(panel, due) {
  const at = new Date(due);
  if (Number.isNaN(at.getTime())) return "";
  const time = at.toLocaleTimeString(panel.tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = at.toLocaleDateString(panel.tag, { day: "numeric", month: "short" });
  const today = at.toDateString() === new Date(panel.clock()).toDateString();
  return say(panel.table, today ? "by" : "byDay", { time, day });
}

/** @param {Panel} panel @param {Chat} chat */
export function checklist(panel, chat) {
  const { ui, states, steps } = panel.table;
  const used = new Set((chat.placed?.coverage ?? []).filter(({ turns }) => turns.length).map(({ technique }) => technique));
  const all = Object.entries(steps).map(([id, name]) => ({ name, done: (STEPS[id] ?? [id]).some((one) => used.has(one)) }));
  const done = all.filter((one) => one.done).length;
  const title = html`${ui.steps} <span class="soft">${say(panel.table, "stepsDone", { done, count: all.length })}</span>`;
  return html`<section class="checklist" data-group="steps">
    <h2>${opener(title, chat.open.steps, () => panel.open({ steps: !chat.open.steps }))}</h2>
    ${chat.open.steps
      ? html`<ul>${all.map((one) => html`<li class=${one.done ? "done" : ""}>${sign(one.done ? "done" : "open")}${one.name}
          <span class="unseen">(${one.done ? states.kept : states.open})</span></li>`)}</ul>`
      : nothing}
  </section>`;
}

/** @param {Panel} panel @param {Chat} chat */
export function summary(panel, chat) {
  const { table } = panel;
  const { ui } = table;
  const record = chat.closed?.record ?? [];
  const names = {
    problem: ui.problem, cause: ui.causes, feeling: ui.feeling, offered: ui.offered, agreed: ui.agreed,
    open: ui.stillToDo, closed: table.states.kept,
  };
  return html`<section class="summary" aria-labelledby="summary">
    <h2 id="summary">${ui.closed}</h2>
    <dl>${Object.entries(names).map(([part, name]) => record.filter((one) => one.part === part).map(({ text, evidence }, place) => html`
      ${place ? nothing : html`<dt>${name}</dt>`}<dd data-group=${part + place}>${toTurn(panel, chat, text, evidence)}</dd>`))}</dl>
  </section>`;
}

// A text that, pressed, shows where it was said; as it is where the page does not know the turn.
/** @param {Panel} panel @param {Chat} chat @param {string} text @param {import("../wire").Evidence[]} [evidence] */
function toTurn(panel, chat, text, evidence = []) {
  const where = evidence.find(({ turn }) => chat.turns.some(({ id }) => id === turn));
  const words = content(panel, text);
  return where ? html`<button class="line" @click=${() => panel.deeds.show(where.turn, [where.span])}>${words}</button>` : words;
}
