// What an agent sees. The law: level, reasons and feeling keep their place and size; what may change
// its size (advice and below) stands still while the pointer or the focus is on it, or while the
// visitor types.

import { cards, pointing } from "./cards.js";
import { byId, el, svg, write } from "./dom.js";
import { connection } from "./state.js";
import { clock, day } from "./times.js";
import { CONNECTION, ENTRY_STATES, LEVELS, OWNERS, TRENDS, technique, word } from "./words.js";

const SHOWN_REASONS = 4;

/** Return a function that draws a state; `actions` has `point(evidence)`, `show(turn)`, `insert`, `copy`, `shown`. */
export function sidebarView(actions) {
  const rows = reasonRows(actions);
  const drawAdvice = adviceView(actions);
  const drawFeeling = feelingView();
  let announced = "";

  return function draw(state, typing) {
    drawConnection(state);
    drawLevel(state);
    rows(state.escalation?.reasons ?? []);
    drawFeeling(state);
    drawAdvice(state, typing);
    const said = announcement(state);
    if (said && said !== announced) write(byId("announce"), said);
    announced = said;
  };
}

// The parts shown add up to the whole: what has no row of its own stands in the last one.
function gathered(reasons, places) {
  if (reasons.length <= places) return reasons;
  const rest = reasons.slice(places - 1).reduce((sum, { weight }) => sum + weight, 0);
  return [...reasons.slice(0, places - 1), { text: "everything else", weight: rest, evidence: [] }];
}

function announcement({ escalation, suggestions }) {
  const level = escalation && LEVELS[escalation.level];
  const tension = level && level.rank > 2 ? `Tension is ${level.word.toLowerCase()}. ` : "";
  const first = suggestions[0];
  return tension + (first ? `Suggestion: ${technique(first.technique)}` : "");
}

function drawConnection(state) {
  const status = connection(state);
  byId("connection").dataset.state = status;
  const refused = status === "open" && state.refusal ? `Connected, but: ${state.refusal}` : "";
  byId("connection").title = refused;
  write(byId("connection-words"), refused || CONNECTION[status]);
}

function drawLevel({ escalation }) {
  const line = byId("level");
  const level = escalation ? LEVELS[escalation.level] : null;
  const key = escalation ? `${escalation.level} ${escalation.trend}` : "none";
  write(byId("odds"), escalation?.reasons.length ? oddsWords(escalation.score) : "Nothing read yet.");
  if (line.dataset.key === key) return;
  line.dataset.key = key;
  line.dataset.level = escalation?.level ?? "none";
  line.replaceChildren(
    steps(level?.rank ?? 0),
    el("strong", {}, level?.word ?? "Quiet"),
    el("span", { class: "trend" }, escalation ? word(TRENDS, escalation.trend) : ""),
  );
}

function oddsWords(score) {
  return `Tension ${Math.round(score * 100)} of 100, made up of:`;
}

function steps(rank) {
  const bars = [1, 2, 3, 4].map((step) =>
    svg("rect", {
      x: (step - 1) * 8,
      y: 20 - step * 5,
      width: 5,
      height: step * 5,
      rx: 1.5,
      class: step <= rank ? "on" : "off",
    }),
  );
  return svg("svg", { viewBox: "0 0 29 20", class: "steps", "aria-hidden": "true" }, ...bars);
}

function reasonRows({ point, show }) {
  const rows = Array.from({ length: SHOWN_REASONS }, () => reasonRow(point, show));
  byId("reasons").append(...rows.map(({ item }) => item));
  return (all) => {
    const reasons = gathered(all, rows.length);
    const largest = Math.max(0.01, ...reasons.map(({ weight }) => Math.abs(weight)));
    rows.forEach((row, index) => row.fill(reasons[index], largest));
  };
}

function reasonRow(point, show) {
  const text = el("span", { class: "reason-text" });
  const weight = el("span", { class: "weight" });
  const bar = el("span", { class: "bar", "aria-hidden": "true" });
  let evidence = [];
  const on = {
    ...pointing(() => evidence, point),
    click: () => evidence[0] && show(evidence[0].turn),
  };
  const button = el("button", { type: "button", on }, text, weight, bar);
  const item = el("li", {}, button);
  item.hidden = true;
  function fill(reason, largest) {
    item.hidden = !reason;
    evidence = reason?.evidence ?? [];
    if (!reason) return;
    const points = Math.round(reason.weight * 100);
    write(text, reason.text);
    button.title = reason.text;
    button.dataset.turns = evidence.length ? "yes" : "no";
    write(weight, `${points < 0 ? "−" : "+"}${Math.abs(points)}`);
    bar.dataset.calms = reason.weight < 0 ? "yes" : "no";
    bar.style.setProperty("--share", String(Math.abs(reason.weight) / largest));
  }
  return { item, fill };
}

function feelingView() {
  let drawn = null;
  return function draw({ feelings }) {
    const key = JSON.stringify(feelings);
    if (key === drawn) return;
    drawn = key;
    write(byId("feeling-now"), feelings.length ? `now ${feelings.at(-1).label}` : "");
    byId("feeling").replaceChildren(feelings.length ? curve(feelings) : blank("Nothing said yet."));
  };
}

function curve(feelings) {
  const steps = Math.max(9, feelings.length - 1);
  const places = feelings.map(({ score }, index) => [56 + (index * 238) / steps, 23 - score * 19]);
  const last = places.at(-1);
  const line = places.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const label = `Feeling over ${feelings.length} messages, now ${feelings.at(-1).label}`;
  return svg(
    "svg",
    { viewBox: "0 0 300 46", class: "curve", role: "img", "aria-label": label },
    svg("line", { x1: 56, y1: 23, x2: 298, y2: 23, class: "zero" }),
    svg("polyline", { points: line, class: "path" }),
    svg("circle", { cx: last[0], cy: last[1], r: 4, class: "now" }),
    svg("text", { x: 0, y: 10, class: "scale" }, "pleased"),
    svg("text", { x: 0, y: 43, class: "scale" }, "upset"),
  );
}

function adviceView(actions) {
  const advice = byId("advice");
  let placed = { key: null, conversation: null };
  let latest = null;
  let waiting = null;
  let over = false;

  function place(state, key) {
    const { conversation, suggestions, ledger, turns } = state;
    if (key !== placed.key) {
      placed = { key, conversation };
      byId("suggestions").replaceChildren(...cards(state, actions));
      byId("ledger").replaceChildren(...promises(ledger, turns));
      suggestions.forEach(({ id }) => actions.shown(id));
    }
    drawEvents(state);
  }

  function draw(state, typing) {
    latest = state;
    const key = JSON.stringify([state.conversation, state.suggestions, state.ledger]);
    const other = state.conversation !== placed.conversation || placed.key === null;
    const still = other ? "" : heldBy(typing, over, advice);
    waiting = still ? state : null;
    write(byId("held"), key === placed.key ? "" : still);
    if (!still) place(state, key);
  }

  advice.addEventListener("pointerenter", () => (over = true));
  advice.addEventListener("pointerleave", () => {
    over = false;
    if (waiting) draw(waiting, false);
  });
  advice.addEventListener("focusout", () => setTimeout(() => waiting && draw(waiting, false)));
  byId("raw").addEventListener("toggle", () => drawEvents(latest));
  return draw;
}

function heldBy(typing, over, advice) {
  if (typing) return "New advice, once you pause";
  if (over) return "New advice, once the pointer leaves";
  return advice.contains(document.activeElement) ? "New advice, once you move on" : "";
}

function promises(ledger, turns) {
  if (!ledger.length) return [el("li", { class: "blank" }, "Nothing promised yet.")];
  return ledger.map((entry) =>
    el(
      "li",
      { "data-state": entry.state },
      el("span", { class: "what" }, entry.what),
      el("span", { class: "terms" }, termsWords(entry, turns)),
    ),
  );
}

function termsWords(entry, turns) {
  const owner = word(OWNERS, entry.owner);
  const state = word(ENTRY_STATES, entry.state);
  if (!entry.due) return `${owner} · ${state}`;
  const today = turns.length && day(turns.at(-1).at) === day(entry.due);
  return `${owner} · by ${clock(entry.due)}${today ? "" : ` on ${day(entry.due)}`} · ${state}`;
}

function drawEvents({ events }) {
  if (!byId("raw").open) return;
  byId("events").replaceChildren(...events.map((event) => el("li", {}, JSON.stringify(event))));
}

function blank(words) {
  return el("p", { class: "blank" }, words);
}
