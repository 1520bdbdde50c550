// The raw events, for whoever wants to see them. The law: shown as they came, as text; while nobody looks,
// nothing is drawn.

import { byId, el } from "./dom.js";

const KEPT = 300;

/** Return `{add, clear, draw}`; `add(way, message)` takes what went `out` or came `in`. */
export function rawView(looks) {
  const list = byId("events");
  const toggle = byId("raw-toggle");
  let kept = [];
  let count = 0;

  function row({ number, way, message }) {
    const { type, position } = message;
    const sign = el("abbr", { title: looks.table[way] }, way === "out" ? "→" : "←");
    const place = el("span", { class: "offset" }, position ? String(position.offset) : "");
    const head = el("summary", {}, sign, el("b", {}, type), place);
    return el("li", { "data-number": number }, el("details", {}, head, el("pre", {}, JSON.stringify(message, null, 2))));
  }

  function draw() {
    if (byId("raw").hidden) return;
    const newest = Number(list.firstElementChild?.dataset.number ?? 0);
    list.prepend(...kept.filter(({ number }) => number > newest).map(row).reverse());
    while (list.children.length > KEPT) list.lastElementChild.remove();
  }

  toggle.addEventListener("click", () => {
    const open = byId("raw").hidden;
    byId("raw").hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    draw();
  });

  return {
    draw,
    add(way, message) {
      count += 1;
      kept = [...kept.slice(1 - KEPT), { number: count, way, message }];
      draw();
    },
    clear() {
      kept = [];
      list.replaceChildren();
    },
  };
}
