// Where the visitor writes as the agent, and what is said of the draft. The law: the field and the
// check keep their size; nothing is sent without the visitor's own press; every change made for
// them can be undone.

import { withSlots } from "./cards.js";
import { byId, el, write } from "./dom.js";
import { pieces, units, words } from "./text.js";
import { technique, TRY } from "./words.js";

const QUIET = 150;
const RESTING = 1500;

/** Return `{draw, insert, note, typing}`; `actions` has `drafted(text)`, `began()`, `send(text)`, `rested()`. */
export function composerView(actions) {
  const field = byId("draft");
  const note = (text) => write(byId("note"), text);
  let undo = [];
  let openSlots = [];
  let typed = false;
  let state = null;
  const timers = {};

  function later(name, wait, then) {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(then, wait);
  }

  function changed() {
    actions.began();
    later("draft", QUIET, () => actions.drafted(field.value));
    drawSend();
    drawMirror(field.value, state?.review);
  }

  function replace(text, selection, slots, said) {
    undo.push({ text: field.value, openSlots });
    openSlots = [...openSlots, ...slots];
    field.value = text;
    field.focus();
    field.setSelectionRange(...selection);
    note(said);
    changed();
  }

  function drawSend() {
    const ready = state?.opened && state.links.platform === "open";
    byId("send").disabled = !field.value.trim() || !ready;
    byId("undo").hidden = !undo.length;
  }

  function insert(text, slots) {
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    const lead = before && !/\s$/.test(before) ? `${before} ` : before;
    const tail = after && !/^\s/.test(after) ? ` ${after}` : after;
    const [start, end] = slots.length ? units(text, slots[0].span) : [text.length, text.length];
    const selection = [lead.length + start, lead.length + end];
    const open = slots.map(({ span }) => words(text, span));
    const fill = open.length ? ` Still open: ${open.join(", ")}` : "";
    replace(lead + text + tail, selection, open, `Inserted, not sent.${fill}`);
  }

  function rewrite({ text, fills }) {
    if (field.value !== state.review?.text) return;
    const open = (fills ?? []).map(({ span }) => words(text, span));
    const place = open.length ? units(text, fills[0].span) : [text.length, text.length];
    const fill = open.length ? ` Still open: ${open.join(", ")}` : "";
    replace(text, place, open, `Reworded, not sent.${fill}`);
  }

  function take() {
    const last = undo.pop();
    if (!last) return;
    [field.value, openSlots] = [last.text, last.openSlots];
    field.focus();
    note("Put back as it was.");
    changed();
  }

  function send() {
    const text = field.value.trim();
    if (!text || byId("send").disabled) return;
    const left = openSlots.filter((slot) => text.includes(slot));
    if (left.length) return note(`Not sent. Fill in ${left.join(", ")} first.`);
    [field.value, undo, openSlots] = ["", [], []];
    for (const timer of Object.values(timers)) clearTimeout(timer);
    typed = false;
    actions.send(text);
    note("Sent as you. Play goes on with the sample.");
    drawSend();
  }

  field.addEventListener("input", () => {
    typed = true;
    note("");
    later("rest", RESTING, () => {
      typed = false;
      actions.rested();
    });
    changed();
  });
  field.addEventListener("scroll", () => (byId("mirror").scrollTop = field.scrollTop));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  byId("undo").addEventListener("click", take);
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  const offer = (text) => replace(text, [text.length, text.length], [], "");
  const drawReview = reviewView(rewrite, offer);

  return {
    insert,
    note,
    get typing() {
      return typed;
    },
    draw(next) {
      state = next;
      drawSend();
      drawReview(state);
      drawMirror(field.value, state.review);
    },
  };
}

function drawMirror(text, review) {
  const mirror = byId("mirror");
  const spans = (review?.findings ?? []).filter(({ span }) => {
    const upTo = words(review.text, [0, span[1]]);
    return text.startsWith(upTo);
  });
  const parts = pieces(text, spans).map((piece) =>
    piece.marks.length ? el("mark", {}, piece.text) : piece.text,
  );
  mirror.replaceChildren(...parts, "\n");
  mirror.scrollTop = byId("draft").scrollTop;
}

function reviewView(rewrite, offer) {
  let drawn = null;
  return function draw(state) {
    const key = JSON.stringify([state.review, Boolean(state.draft.text.trim())]);
    if (key === drawn) return;
    drawn = key;
    drawTension(state.review);
    byId("findings").replaceChildren(...said(state, rewrite, offer));
  };
}

function said({ review, draft }, rewrite, offer) {
  if (!draft.text.trim()) return idle(offer);
  if (!review) return [el("p", { class: "blank" }, "Reading your reply…")];
  if (!review.findings.length) return [el("p", { class: "blank" }, "Nothing to change.")];
  return review.findings.map((finding) => findingItem(review.text, finding, rewrite));
}

function idle(offer) {
  const chips = TRY.map((text) =>
    el("button", { type: "button", class: "chip", on: { click: () => offer(text) } }, text),
  );
  const words = "What may land badly is pointed out here. Try one:";
  return [el("p", { class: "hint" }, words), el("div", { class: "chips" }, ...chips)];
}

function findingItem(text, finding, rewrite) {
  return el(
    "article",
    { class: "finding" },
    el("h3", {}, technique(finding.technique), el("q", {}, words(text, finding.span))),
    el("p", { class: "message" }, finding.message),
    el("p", { class: "why" }, finding.why),
    ...(finding.rewrites ?? []).map((one) =>
      el(
        "div",
        { class: "offer" },
        el("p", { class: "line" }, ...withSlots(one.text, one.fills ?? [])),
        el(
          "button",
          { type: "button", class: "main", "aria-label": `Use: ${one.text}`, on: { click: () => rewrite(one) } },
          "Use this",
        ),
      ),
    ),
  );
}

function drawTension(review) {
  const place = byId("tension");
  if (!review?.tension) return write(place, "");
  const [before, after] = [review.tension.before, review.tension.after].map((one) => Math.round(one * 100));
  const way = after > before ? "↗ tenser" : after < before ? "↘ calmer" : "→ the same";
  place.dataset.way = after > before ? "up" : after < before ? "down" : "same";
  write(place, `If sent: ${before} → ${after}, ${way.slice(2)}`);
}
