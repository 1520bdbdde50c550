// Where the visitor writes as the agent. The law: the panel fills the field, only the visitor sends; a
// reply with an open slot stays.

import { bindComposer } from "/panel/composer.js";
import { byId, el } from "./dom.js";
import { words } from "./text.js";
import { mixed, say } from "./words.js";

const TRIES = ["Unfortunately we can't do that until Friday.", "Please calm down.", "You should have told us earlier."];

/** Return `{draw, clear, note}`; `actions` has `wrote()`, called at every change, and `send(text)`. */
export function composerView(panel, looks, actions) {
  const field = byId("draft");
  const note = (...parts) => byId("note").replaceChildren(...parts);
  let openSlots = [];
  let ready = false;

  bindComposer(panel, field);
  panel.addEventListener("assist-insert", ({ detail }) => keep(detail.text, detail.slots));
  panel.addEventListener("assist-rewrite", ({ detail }) => keep(detail.text, detail.fills));

  function keep(text, slots) {
    openSlots = [...openSlots, ...slots.map(({ span }) => words(text, span))];
  }

  function put(text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(text) {
    put(text);
    field.focus();
  }

  function send() {
    const text = field.value.trim();
    if (!text || !ready) return;
    const left = openSlots.filter((slot) => text.includes(slot));
    if (left.length) return unfilled(left);
    openSlots = [];
    actions.send(text);
    put("");
    note(say(looks.table, "sent"));
  }

  function unfilled(left) {
    const start = field.value.indexOf(left[0]);
    field.focus();
    field.setSelectionRange(start, start + left[0].length);
    note(...mixed(looks.table, "openSlots", { slots: left.join(", ") }));
  }

  function drawSend() {
    byId("send").disabled = !field.value.trim() || !ready;
    byId("tries").hidden = Boolean(field.value.trim());
  }

  function drawTries() {
    const buttons = TRIES.map((text) =>
      el("button", { type: "button", class: "chip", on: { click: () => offer(text) } }, ...mixed(looks.table, "tryThis", { text })),
    );
    byId("tries").replaceChildren(...buttons);
  }

  field.addEventListener("input", () => {
    if (field.value) {
      note("");
      actions.wrote();
    }
    drawSend();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  return {
    note,
    drawTries,
    draw(now) {
      ready = now;
      drawSend();
    },
    clear() {
      openSlots = [];
      put("");
      note("");
    },
  };
}
