// What the hands do: keys, focus, pointer, typing. The law: it says what is meant and where the hands are; what
// may then move is for manners.js and the state.

import { actFor, pressed, rebound } from "./keys.js";
import { groupOf } from "./rove.js";

/** @typedef {import("./element.js").ChatAssistPanel} Panel @typedef {import("./keys.js").Act} Act */

const WRITING = 600;
const TYPING = 1500;
const QUIET = 150;

export class Hands {
  /** @type {Panel} */ #panel;

  /** @param {Panel} panel */
  constructor(panel) {
    this.#panel = panel;
    panel.addEventListener("pointerenter", () => this.#now({ inside: true }));
    panel.addEventListener("pointerleave", () => this.#now({ inside: false, over: false }));
  }

  /** @param {KeyboardEvent} event */
  onKey = (event) => {
    const inField = /** @type {HTMLElement} */ (event.composedPath()[0]).localName === "textarea";
    if (this.#panel.capturing) return this.#captured(event);
    const act = actFor(event, this.#panel.keys, inField);
    if (!act || !this.#perform(act, inField)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {FocusEvent} event */
  onFocus = (event) => {
    const inside = /** @type {Element} */ (event.type === "focusin" ? event.target : event.relatedTarget);
    if (this.#panel.rove.drawing) return;
    if (event.type === "focusin") this.#panel.rove.keep(inside);
    const still = inside?.closest?.(".still, .dock") && inside.matches(":focus-visible");
    this.#now({ within: Boolean(still) });
  };

  /** @param {PointerEvent} event */
  onOver = (event) => this.#now({ over: event.type === "pointerenter" && event.pointerType !== "touch" });

  /** @param {KeyboardEvent} event */
  #captured(event) {
    const name = pressed(event);
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== "Escape" && event.key !== "Tab") {
      this.#panel.keys = rebound(this.#panel.keys, /** @type {Act} */ (this.#panel.capturing), name);
      this.#panel.emit("assist-keys", { keys: this.#panel.keys });
    }
    this.#panel.capturing = "";
    this.#panel.redraw();
  }

  /** @param {Act} act @param {boolean} inField @returns {boolean} whether it meant something here */
  #perform(act, inField) {
    const card = this.#cardAt();
    const { open } = this.#panel.chat ?? {};
    switch (act) {
      case "away":
        return this.#panel.emit("assist-composer", {});
      case "back":
        return this.#back(inField);
      case "help":
        this.#panel.view(this.#panel.state.view ? "" : "help");
        return true;
      case "undo":
        this.#panel.deeds.undo();
        return true;
      case "dismiss":
      case "why":
      case "copy":
      case "edit":
      case "snooze":
        if (!card || (card.kind !== "reply" && (act === "copy" || act === "edit"))) return false;
        if (this.#panel.chat.acted[card.id]) return true;
        if (act === "dismiss") this.#panel.open({ dismissing: card.id });
        else if (act === "why") this.#panel.open({ why: open?.why === card.id ? "" : card.id });
        else this.#panel.deeds[act](card);
        return true;
      default:
        return this.#panel.rove.move(act, this.#panel.rightToLeft);
    }
  }

  /** @param {boolean} inField */
  #back(inField) {
    const { dismissing, editing, why } = this.#panel.chat?.open ?? {};
    if (this.#panel.state.view) this.#panel.view("");
    else if (dismissing || editing || inField) this.#panel.open({ dismissing: "", editing: "" });
    else if (why) this.#panel.open({ why: "" });
    else return this.#panel.emit("assist-composer", {});
    return true;
  }

  #cardAt() {
    const id = groupOf(this.#panel.root.activeElement)?.dataset.card;
    return this.#panel.chat?.placed?.suggestions.find((one) => one.id === id);
  }

  /** @param {Partial<import("./manners.js").Hands>} hands */
  #now(hands) {
    const now = /** @type {Record<string, boolean>} */ (this.#panel.state.hands);
    if (Object.entries(hands).some(([name, on]) => now[name] !== on)) this.#panel.tell({ type: "here.hands", hands });
  }

  /** The composer holds another text now.
   * @param {string} text */
  drafted(text) {
    this.#panel.tell({ type: "here.drafted", text });
    this.#panel.later("draft", QUIET, () => this.#panel.effects.draft());
    if (this.#panel.chat.note || !text) return;
    this.#now({ typing: true, writing: true });
    this.#panel.later("writing", WRITING, () => this.#now({ writing: false }));
    this.#panel.later("typing", TYPING, () => this.#now({ typing: false }));
  }
}
