// What the agent does with the cards and the draft. The law: nothing is sent for them; the host may decline what
// is done to its composer, and then nothing is noted and the service is not told.

import { pieces } from "./places.js";
import { nameOf, say } from "./words.js";

/** @typedef {import("./element.js").ChatAssistPanel} Panel */
/** @typedef {import("./wire").Suggestion} Suggestion @typedef {import("./state.js").Chat} Chat */

const TOLD = 6000;

export class Deeds {
  /** @type {Panel} */ #panel;

  /** @param {Panel} panel */
  constructor(panel) {
    this.#panel = panel;
  }

  /** @param {Chat} chat @param {Suggestion} card */
  lineOf(chat, card) {
    const place = (chat.open.line[card.id] ?? 0) % Math.max(1, card.lines.length);
    const slots = (card.slots ?? []).filter(({ line }) => (line ?? 0) === place);
    return { line: card.lines[place] ?? "", slots };
  }

  /** @param {Suggestion} card */
  otherLine(card) {
    this.#panel.open({ line: { ...this.#panel.chat.open.line, [card.id]: (this.#panel.chat.open.line[card.id] ?? 0) + 1 } });
  }

  /** @param {Suggestion} card */
  edit(card) {
    this.#panel.open({ editing: card.id });
    this.#panel.draw();
    this.#field()?.focus();
  }

  #field() {
    return this.#panel.root.querySelector("textarea");
  }

  // The wording as it stands in the card, edited or not.
  /** @param {Suggestion} card */
  #wording(card) {
    const { line, slots } = this.lineOf(this.#panel.chat, card);
    const field = this.#panel.chat.open.editing === card.id && this.#field();
    if (!field || field.value === line) return { text: line, slots, edited: false };
    return { text: field.value, slots: [], edited: true };
  }

  /** @param {Suggestion} card */
  insert(card) {
    const { text, slots, edited } = this.#wording(card);
    const before = this.#panel.draft ?? null;
    const open = slots.map(({ name, span }) => ({ name, span }));
    this.#note("inserted", before, pieces(text, slots.map(({ span }) => span)).filter(({ marked }) => marked));
    if (!this.#panel.emit("assist-insert", { suggestion: card.id, text, slots: open })) return this.#forget();
    this.#acted(card, edited ? "edited" : "inserted");
    this.#panel.say(this.#noted());
  }

  /** @param {Suggestion} card */
  async copy(card) {
    const { text, edited } = this.#wording(card);
    const ours = this.#panel.emit("assist-copy", { suggestion: card.id, text });
    try {
      if (ours) await navigator.clipboard.writeText(text);
    } catch {
      return this.#panel.tell({ type: "here.error", words: this.#panel.table.ui.noCopy });
    }
    this.#note("copied", null, [], this.#panel.draft);
    this.#acted(card, edited ? "edited" : "copied");
    this.#panel.say(this.#panel.table.ui.copied);
  }

  /** @param {Suggestion} card @param {string} [reason] */
  dismiss(card, reason) {
    this.#acted(card, "dismissed", reason);
    this.#panel.emit("assist-dismiss", { suggestion: card.id, reason });
    this.#panel.say(this.#panel.table.ui.dismissed);
  }

  /** @param {Suggestion} card */
  snooze(card) {
    this.#acted(card, "snoozed");
    this.#panel.tell({ type: "here.snoozed", technique: card.technique, on: true });
    this.#panel.emit("assist-snooze", { suggestion: card.id, technique: card.technique });
    this.#panel.say(say(this.#panel.table, "snoozedTip", { tip: nameOf(this.#panel.table, card.technique) }));
  }

  /** @param {Suggestion} card @param {boolean} useful */
  rate({ id }, useful) {
    this.#panel.tell({ type: "here.rated", id });
    this.#panel.effects.feedback(id, useful ? "helpful" : "unhelpful");
    this.#panel.emit("assist-feedback", { suggestion: id, useful });
    this.#panel.say(this.#panel.table.ui.thanks);
  }

  // What was held back is asked for anew each time.
  askHeld() {
    const kept = !this.#panel.chat.open.kept;
    this.#panel.open({ kept });
    if (kept) this.#panel.effects.held();
  }

  /** @param {string} technique */
  wake(technique) {
    this.#panel.tell({ type: "here.snoozed", technique, on: false });
    this.#panel.effects.wake(technique);
  }

  /** @param {import("./wire").Finding} finding @param {import("./wire").Rewrite} rewrite */
  rewrite(finding, { text, edits, fills = [] }) {
    this.#note("reworded", this.#panel.draft ?? "", pieces(text, fills.map(({ span }) => span)).filter(({ marked }) => marked), text);
    const detail = { rule: finding.rule, text, edits, fills };
    if (!this.#panel.emit("assist-rewrite", detail)) return this.#forget();
    this.#panel.say(this.#noted());
  }

  undo() {
    const before = this.#panel.chat?.note?.before;
    if (before == null) return;
    this.#note("restored", null, [], before);
    this.#panel.emit("assist-undo", { text: before });
    this.#panel.say(this.#panel.table.ui.restored);
  }

  /** @param {string} turn @param {[number, number][]} spans */
  show(turn, spans) {
    this.#panel.emit("assist-show", { turn, spans });
  }

  /** @param {Suggestion} card @param {import("./wire").FeedbackAction} action @param {string} [reason] */
  #acted(card, action, reason) {
    this.#panel.tell({ type: "here.acted", id: card.id, action });
    this.#panel.effects.feedback(card.id, action, reason);
  }

  /** @param {NonNullable<Chat["note"]>["said"]} said @param {string | null} before
   * @param {{text: string}[]} open @param {string | null} [after] */
  #note(said, before, open, after = null) {
    const slots = open.map(({ text }) => text).join(", ");
    this.#panel.tell({ type: "here.noted", note: { said, before, after, slots } });
    if (this.#panel.draft === undefined) this.#panel.later("note", TOLD, () => this.#forget());
  }

  #forget() {
    this.#panel.tell({ type: "here.noted", note: null });
  }

  #noted() {
    const { said, slots } = /** @type {NonNullable<Chat["note"]>} */ (this.#panel.chat.note);
    return `${this.#panel.table.ui[said]} ${slots ? say(this.#panel.table, "stillOpen", { slots }) : ""}`;
  }
}
