// The chat as the visitor sees it. The law: a bubble is added once and never moves; only the marks
// in its text change.

import { marks } from "./state.js";
import { byId, el, write } from "./dom.js";
import { pieces } from "./text.js";
import { clock, pauseWords } from "./times.js";

const NAMES = { agent: "Agent", bot: "Bot" };

/** Return a function that draws a state into the chat. */
export function chatView() {
  const log = byId("log");
  const list = byId("turns");
  let conversation = null;
  let bubbles = [];

  function add(state, turn, before) {
    const pause = before ? pauseWords(before.at, turn.at) : "";
    if (pause) list.append(el("li", { class: "aside" }, pause));
    const text = el("p", { class: "text" });
    list.append(bubble(state, turn, before, text));
    bubbles.push({ turn, text, drawn: null });
  }

  return function draw(state) {
    if (state.conversation !== conversation) {
      [conversation, bubbles] = [state.conversation, []];
      list.replaceChildren();
    }
    const following = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    const known = bubbles.length;
    for (const turn of state.turns.slice(known)) add(state, turn, bubbles.at(-1)?.turn);
    const all = marks(state);
    for (const one of bubbles) mark(one, all);
    write(byId("typist"), `${state.customer} is typing`);
    byId("typing").dataset.on = state.typing ? "yes" : "no";
    byId("blank").hidden = state.turns.length > 0;
    if (following && bubbles.length > known) log.scrollTop = log.scrollHeight;
  };
}

/** Bring the turn of that id into view. */
export function showTurn(id) {
  const found = [...byId("turns").children].find((item) => item.dataset.turn === id);
  found?.scrollIntoView({ block: "center" });
}

function bubble(state, turn, before, text) {
  if (turn.role === "system") return el("li", { class: "aside", "data-turn": turn.id }, text);
  const speaker = turn.yours ? "You" : NAMES[turn.role] ?? state.customer;
  const same = before && before.role === turn.role && before.yours === turn.yours;
  const head = el(
    "p",
    { class: same ? "head unseen" : "head" },
    el("span", { class: "name" }, speaker),
  );
  const time = el("time", { datetime: turn.at }, clock(turn.at));
  const body = el("div", { class: "bubble" }, text, time);
  const kind = turn.yours ? "yours" : turn.role;
  return el("li", { class: `turn ${kind}`, "data-turn": turn.id }, head, body);
}

function mark(one, all) {
  const mine = all.filter(({ turn }) => turn === one.turn.id);
  const drawn = JSON.stringify(mine);
  if (drawn === one.drawn) return;
  one.drawn = drawn;
  const parts = pieces(one.turn.text, mine).map((piece) =>
    piece.marks.length
      ? el("mark", { class: piece.marks.some(({ strong }) => strong) ? "strong" : "soft" }, piece.text)
      : piece.text,
  );
  one.text.replaceChildren(...parts);
}
