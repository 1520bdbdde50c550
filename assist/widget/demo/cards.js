// The suggestions as cards. The law: one stands open, at most two more are folded away; every card
// names the words that caused it.

import { el } from "./dom.js";
import { evidenceTurns } from "./state.js";
import { pieces, words } from "./text.js";
import { KINDS, technique } from "./words.js";

/** Return the elements for the standing suggestions. */
export function cards(state, actions) {
  const [first, ...others] = state.suggestions;
  if (!first) return [el("p", { class: "blank" }, "Nothing to add right now.")];
  return [primary(state, first, actions), ...others.slice(0, 2).map((one) => secondary(state, one, actions))];
}

/** Return listeners that point at evidence while the pointer or the focus is there. */
export function pointing(evidence, point) {
  const away = () => point(null);
  const here = () => point(evidence());
  return { pointerenter: here, pointerleave: away, focusin: here, focusout: away };
}

function primary(state, suggestion, actions) {
  return el(
    "article",
    { class: "card primary", on: pointing(() => suggestion.evidence, actions.point) },
    el("h3", {}, technique(suggestion.technique)),
    ...body(state, suggestion, actions),
  );
}

function secondary(state, suggestion, actions) {
  return el(
    "details",
    { class: "card", on: pointing(() => suggestion.evidence, actions.point) },
    el("summary", {}, el("h3", {}, technique(suggestion.technique))),
    ...body(state, suggestion, actions),
  );
}

function body(state, suggestion, actions) {
  const kind = KINDS[suggestion.kind];
  return [
    ...(kind ? [el("p", { class: "kind" }, kind)] : []),
    ...suggestion.lines.map((_, index) => line(suggestion, index, actions)),
    el("p", { class: "why" }, el("b", {}, "Why "), suggestion.why),
    ...heard(state, suggestion, actions),
  ];
}

function line(suggestion, index, { insert, copy }) {
  const text = suggestion.lines[index];
  const slots = (suggestion.slots ?? []).filter((slot) => (slot.line ?? 0) === index);
  const shown = el("p", { class: "line" }, ...withSlots(text, slots));
  if (suggestion.kind !== "reply") return shown;
  const buttons = el(
    "div",
    { class: "buttons" },
    button("Insert", text, () => insert(text, slots, suggestion.id), "main"),
    button("Copy", text, () => copy(text, suggestion.id), ""),
  );
  return el("div", { class: "offer" }, shown, buttons);
}

/** Return `text` with its open slots as elements of their own. */
export function withSlots(text, slots) {
  return pieces(text, slots).map((piece) =>
    piece.marks.length
      ? el("span", { class: "slot", title: `For you to fill: ${piece.marks[0].name}` }, piece.text)
      : piece.text,
  );
}

function button(label, text, click, kind) {
  const attributes = { type: "button", class: kind, "aria-label": `${label}: ${text}` };
  return el("button", { ...attributes, on: { click } }, label);
}

function heard(state, { evidence }, { show }) {
  const quotes = new Map();
  for (const { turn, span } of evidenceTurns(state, evidence)) {
    quotes.set(words(turn.text, span), turn.id);
  }
  if (!quotes.size) return [];
  const buttons = [...quotes].map(([quote, turn]) =>
    el("button", { type: "button", class: "quote", on: { click: () => show(turn) } }, `“${quote}”`),
  );
  return [el("p", { class: "heard" }, el("b", {}, "Heard "), ...buttons)];
}
