// The chat as the visitor sees it. The law: a bubble is added once and never moves; only the marks
// in its text and the note beside it change.

import { marks } from "./state.js";
import { byId, el, write } from "./dom.js";
import { pieces } from "./text.js";
import { clock, pause } from "./times.js";
import { say } from "./words.js";

/** Return a function that draws a state into the chat, in the language of `looks.table`. */
export function chatView(looks) {
  const log = byId("log");
  const list = byId("turns");
  let conversation = null;
  let bubbles = [];
  let following = true;
  const follow = () => following && (log.scrollTop = log.scrollHeight);

  log.addEventListener("scroll", () => (following = log.scrollHeight - log.scrollTop - log.clientHeight < 60));
  new ResizeObserver(follow).observe(log);

  function add(state, turn, before) {
    const waited = before && pause(before.at, turn.at);
    if (waited) list.append(el("li", { class: "aside", lang: document.documentElement.lang }, say(looks.table, ...waited)));
    const one = bubble(turn, before);
    list.append(one.item);
    bubbles.push(one);
  }

  function name(state, turn) {
    if (turn.yours) return looks.table.you;
    return turn.role === "customer" ? state.customer || looks.table.customer : looks.table[turn.role];
  }

  function draw(state) {
    if (state.conversation !== conversation) {
      [conversation, bubbles] = [state.conversation, []];
      list.replaceChildren();
    }
    for (const turn of state.turns.slice(bubbles.length)) add(state, turn, bubbles.at(-1)?.turn);
    const all = marks(state);
    for (const one of bubbles) {
      if (one.name) write(one.name, name(state, one.turn));
      mark(one, all);
      note(one, state.turning[one.turn.id], looks.table);
    }
    write(byId("typist"), say(looks.table, "typing", { name: state.customer || looks.table.customer }));
    byId("typing").dataset.on = state.typing ? "yes" : "no";
    byId("blank").hidden = state.turns.length > 0;
    follow();
  }

  return draw;
}

/** Bring the turn of that id into view. */
export function showTurn(id) {
  const found = [...byId("turns").children].find((item) => item.dataset.turn === id);
  found?.scrollIntoView({ block: "nearest" });
}

function bubble(turn, before) {
  const text = el("p", { class: "text" });
  if (turn.role === "system") return { turn, text, item: el("li", { class: "aside", "data-turn": turn.id }, text) };
  const same = before && before.role === turn.role && before.yours === turn.yours;
  const name = el("span", { class: "name" });
  const head = el("p", { class: same ? "head unseen" : "head" }, name);
  const time = el("time", { datetime: turn.at }, clock(turn.at));
  const place = el("p", { class: "turning", lang: document.documentElement.lang });
  const body = el("div", { class: "bubble" }, text, time);
  const kind = turn.yours ? "yours" : turn.role;
  const item = el("li", { class: `turn ${kind}`, "data-turn": turn.id }, head, body, place);
  return { turn, text, name, place, item };
}

function mark(one, all) {
  const mine = all.filter(({ turn }) => turn === one.turn.id);
  const drawn = JSON.stringify(mine);
  if (drawn === one.drawn) return;
  one.drawn = drawn;
  const parts = pieces(one.turn.text, mine).map(({ text, marked }) => (marked ? el("mark", { class: marked }, text) : text));
  one.text.replaceChildren(...parts);
}

// Where the tension crossed into another level, the turn that did it says so.
function note({ place }, turning, table) {
  if (!place || !turning) return;
  place.dataset.level = turning.level;
  write(place, say(table, turning.up ? "rose" : "fell", { level: table.levels[turning.level] ?? turning.level }));
}
