// <chat-assist-panel>: the element. The law: it draws the state, tells it what happened, and does what a
// reducer must not (clock, focus, events); it decides nothing. See docs/reference/panel.md.

import { render } from "lit/html.js";
import { Effects } from "./effects.js";
import { actFor, KEYS, pressed, rebound } from "./keys.js";
import { pieces } from "./places.js";
import { groupOf, Rove } from "./rove.js";
import { reduce, START } from "./state.js";
import css from "./panel.css?inline";
import { frame } from "./views/frame.js";
import { Voice } from "./voice.js";
import { languageFor, nameOf, say, tableFor } from "./words.js";

/** @typedef {import("./wire").Suggestion} Suggestion @typedef {import("./state.js").Chat} Chat */
/** @typedef {import("./state.js").State} State @typedef {import("./keys.js").Act} Act */

const WRITING = 600;
const TYPING = 1500;
const QUIET = 150;
const TOLD = 6000;
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(css);
/** Set by the page as properties, never written as attributes. */
const GIVEN = /** @type {const} */ (["token", "keys", "clock", "chats", "turns", "draft"]);

export class ChatAssistPanel extends HTMLElement {
  static observedAttributes = ["server", "agent", "conversation", "lang", "content-lang", "no-insert", "theme", "dir"];

  /** @type {State} */ state = START;
  /** @type {Act | ""} */ capturing = "";
  /** @type {string | (() => string | Promise<string>) | undefined} */ #token;
  #keys = KEYS;
  #clock = () => new Date().toISOString();
  #drafts = false;
  #due = false;
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */ #timers = {};
  #root = this.attachShadow({ mode: "open" });
  #rove = new Rove(this);
  #effects = new Effects(this);
  #voice = new Voice(this);

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [STYLE];
    this.addEventListener("pointerenter", () => this.#hands({ inside: true }));
    this.addEventListener("pointerleave", () => this.#hands({ inside: false, over: false }));
  }

  connectedCallback() {
    // What the page set before this file was there.
    for (const name of GIVEN) {
      if (!Object.hasOwn(this, name)) continue;
      const given = /** @type {any} */ (this)[name];
      delete (/** @type {any} */ (this)[name]);
      /** @type {any} */ (this)[name] = given;
    }
    this.#effects.connect();
    this.redraw();
  }

  disconnectedCallback() {
    this.#effects.end();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
  }

  /** @param {string} name @param {string | null} was @param {string | null} now */
  attributeChangedCallback(name, was, now) {
    if (was === now) return;
    if (name === "conversation") this.tell({ type: "here.chat", conversation: now ?? "" });
    if (name === "server" || name === "agent") this.#effects.connect();
    this.redraw();
  }

  get server() {
    return this.getAttribute("server") ?? "";
  }

  get agent() {
    return this.getAttribute("agent") ?? "";
  }

  get conversation() {
    return this.state.active;
  }

  set conversation(id) {
    this.setAttribute("conversation", id ?? "");
  }

  get contentLang() {
    return this.getAttribute("content-lang") ?? "en";
  }

  get noInsert() {
    return this.hasAttribute("no-insert");
  }

  get token() {
    return this.#token;
  }

  set token(token) {
    this.#token = token;
    this.#effects.connect();
  }

  get keys() {
    return this.#keys;
  }

  set keys(keys) {
    this.#keys = { ...KEYS, ...keys };
    this.redraw();
  }

  get clock() {
    return this.#clock;
  }

  set clock(clock) {
    this.#clock = clock;
  }

  /** @type {{id: string, name: string}[]} */
  get chats() {
    return Object.entries(this.state.names).map(([id, name]) => ({ id, name }));
  }

  set chats(chats) {
    this.tell({ type: "here.names", names: Object.fromEntries(chats.map(({ id, name }) => [id, name])) });
  }

  get turns() {
    return this.chat?.turns ?? [];
  }

  set turns(turns) {
    this.tell({ type: "here.turns", conversation: this.conversation, turns });
  }

  /** @type {string | undefined} */
  get draft() {
    return this.#drafts ? this.chat?.draft.text : undefined;
  }

  set draft(text) {
    this.#drafts = text !== undefined;
    if (this.#drafts && this.chat && text !== this.chat.draft.text) this.#drafted(text ?? "");
    this.redraw();
  }

  get table() {
    return tableFor(this.tag);
  }

  get tag() {
    return this.closest("[lang]")?.getAttribute("lang") || "en";
  }

  get rightToLeft() {
    return this.matches(":dir(rtl)");
  }

  get several() {
    return Object.keys(this.state.names).length > 1;
  }

  /** @param {string} id */
  nameOf(id) {
    return this.state.names[id] ?? id;
  }

  get chat() {
    return this.state.chats[this.state.active];
  }

  get root() {
    return this.#root;
  }

  /** Put the focus where it was in the panel, else on the first thing to be done. */
  focus() {
    this.#rove.focus();
  }

  /** Tell the state what happened; events of the wire come here too.
   * @param {any} message */
  tell(message) {
    const before = this.state;
    this.state = reduce(before, message);
    if (this.state === before) return;
    this.#voice.step(before, this.state);
    this.#effects.step(before, this.state);
    if (this.state.link.how && !before.link.how) this.#later("told", TOLD, () => this.tell({ type: "here.seen" }));
    this.redraw();
  }

  /** Draw once, after all that happens now. */
  redraw() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#draw());
  }

  #draw() {
    this.#due = false;
    if (!this.isConnected) return;
    languageFor(this.tag, () => this.redraw());
    this.#rove.before();
    render(frame(this), this.#root);
    this.#rove.after();
  }

  /** @param {string} name @param {object} detail @returns {boolean} whether the host let it happen */
  emit(name, detail) {
    const all = { conversation: this.state.active, ...detail };
    return this.dispatchEvent(new CustomEvent(name, { detail: all, bubbles: true, composed: true, cancelable: true }));
  }

  // What the agent does

  /** @param {Partial<import("./state.js").Open>} open */
  open(open) {
    this.tell({ type: "here.opened", open });
  }

  /** @param {"" | "help"} view */
  view(view) {
    this.capturing = "";
    this.tell({ type: "here.view", view });
  }

  now() {
    this.tell({ type: "here.now" });
  }

  /** @param {string} id */
  choose(id) {
    if (!this.emit("assist-chat", { conversation: id })) return;
    this.conversation = id;
  }

  /** @param {Chat} chat @param {Suggestion} card */
  lineOf(chat, card) {
    const place = (chat.open.line[card.id] ?? 0) % Math.max(1, card.lines.length);
    const slots = (card.slots ?? []).filter(({ line }) => (line ?? 0) === place);
    return { line: card.lines[place] ?? "", slots };
  }

  /** @param {Suggestion} card */
  otherLine(card) {
    this.open({ line: { ...this.chat.open.line, [card.id]: (this.chat.open.line[card.id] ?? 0) + 1 } });
  }

  /** @param {Suggestion} card */
  edit(card) {
    this.open({ editing: card.id });
    this.#draw();
    this.#field()?.focus();
  }

  #field() {
    return this.#root.querySelector("textarea");
  }

  // The wording as it stands in the card, edited or not.
  /** @param {Suggestion} card */
  #wording(card) {
    const { line, slots } = this.lineOf(this.chat, card);
    const field = this.chat.open.editing === card.id && this.#field();
    if (!field || field.value === line) return { text: line, slots, edited: false };
    return { text: field.value, slots: [], edited: true };
  }

  /** @param {Suggestion} card */
  insert(card) {
    const { text, slots, edited } = this.#wording(card);
    const before = this.draft ?? null;
    const open = slots.map(({ name, span }) => ({ name, span }));
    this.#note("inserted", before, pieces(text, slots.map(({ span }) => span)).filter(({ marked }) => marked));
    if (!this.emit("assist-insert", { suggestion: card.id, text, slots: open })) return this.#forget();
    this.#acted(card, edited ? "edited" : "inserted");
    this.#voice.now(this.#noted());
  }

  /** @param {Suggestion} card */
  async copy(card) {
    const { text, edited } = this.#wording(card);
    const ours = this.emit("assist-copy", { suggestion: card.id, text });
    try {
      if (ours) await navigator.clipboard.writeText(text);
    } catch {
      return this.tell({ type: "here.error", words: this.table.ui.noCopy });
    }
    this.#note("copied", null, [], this.draft);
    this.#acted(card, edited ? "edited" : "copied");
    this.#voice.now(this.table.ui.copied);
  }

  /** @param {Suggestion} card @param {string} [reason] */
  dismiss(card, reason) {
    this.#acted(card, "dismissed", reason);
    this.emit("assist-dismiss", { suggestion: card.id, reason });
    this.#voice.now(this.table.ui.dismissed);
  }

  /** @param {Suggestion} card */
  snooze(card) {
    this.#acted(card, "snoozed");
    this.tell({ type: "here.snoozed", technique: card.technique, on: true });
    this.emit("assist-snooze", { suggestion: card.id, technique: card.technique });
    this.#voice.now(say(this.table, "snoozedTip", { tip: nameOf(this.table, card.technique) }));
  }

  /** @param {string} technique */
  wake(technique) {
    this.tell({ type: "here.snoozed", technique, on: false });
    this.#effects.wake(technique);
  }

  /** @param {import("./wire").Finding} finding @param {import("./wire").Rewrite} rewrite */
  rewrite(finding, { text, edits, fills = [] }) {
    this.#note("reworded", this.draft ?? "", pieces(text, fills.map(({ span }) => span)).filter(({ marked }) => marked), text);
    const detail = { rule: finding.rule, text, edits, fills };
    if (!this.emit("assist-rewrite", detail)) return this.#forget();
    this.#voice.now(this.#noted());
  }

  undo() {
    const before = this.chat?.note?.before;
    if (before == null) return;
    this.#note("restored", null, [], before);
    this.emit("assist-undo", { text: before });
    this.#voice.now(this.table.ui.restored);
  }

  /** @param {string} turn @param {[number, number][]} spans */
  show(turn, spans) {
    this.emit("assist-show", { turn, spans });
  }

  /** @param {Act} act */
  capture(act) {
    this.capturing = act;
    this.redraw();
  }

  // What the hands do

  /** @param {KeyboardEvent} event */
  onKey = (event) => {
    const inField = /** @type {HTMLElement} */ (event.composedPath()[0]).localName === "textarea";
    if (this.capturing) return this.#captured(event);
    const act = actFor(event, this.keys, inField);
    if (!act || !this.#perform(act, inField)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param {FocusEvent} event */
  onFocus = (event) => {
    const inside = /** @type {Element} */ (event.type === "focusin" ? event.target : event.relatedTarget);
    if (this.#rove.drawing) return;
    if (event.type === "focusin") this.#rove.keep(inside);
    const still = inside?.closest?.(".still, .dock") && inside.matches(":focus-visible");
    this.#hands({ within: Boolean(still) });
  };

  /** @param {PointerEvent} event */
  onOver = (event) => this.#hands({ over: event.type === "pointerenter" && event.pointerType !== "touch" });

  /** @param {KeyboardEvent} event */
  #captured(event) {
    const name = pressed(event);
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== "Escape" && event.key !== "Tab") {
      this.keys = rebound(this.keys, /** @type {Act} */ (this.capturing), name);
      this.emit("assist-keys", { keys: this.keys });
    }
    this.capturing = "";
    this.redraw();
  }

  /** @param {Act} act @param {boolean} inField @returns {boolean} whether it meant something here */
  #perform(act, inField) {
    const card = this.#cardAt();
    const { open } = this.chat ?? {};
    switch (act) {
      case "away":
        return this.emit("assist-composer", {});
      case "back":
        return this.#back(inField);
      case "help":
        this.view(this.state.view ? "" : "help");
        return true;
      case "undo":
        this.undo();
        return true;
      case "dismiss":
      case "why":
      case "copy":
      case "edit":
      case "snooze":
        if (!card || (card.kind !== "reply" && (act === "copy" || act === "edit"))) return false;
        if (this.chat.acted[card.id]) return true;
        if (act === "dismiss") this.open({ dismissing: card.id });
        else if (act === "why") this.open({ why: open?.why === card.id ? "" : card.id });
        else this[act](card);
        return true;
      default:
        return this.#rove.move(act, this.rightToLeft);
    }
  }

  /** @param {boolean} inField */
  #back(inField) {
    const { dismissing, editing, why } = this.chat?.open ?? {};
    if (this.state.view) this.view("");
    else if (dismissing || editing || inField) this.open({ dismissing: "", editing: "" });
    else if (why) this.open({ why: "" });
    else return this.emit("assist-composer", {});
    return true;
  }

  #cardAt() {
    const id = groupOf(this.#root.activeElement)?.dataset.card;
    return this.chat?.placed?.suggestions.find((one) => one.id === id);
  }

  /** @param {Partial<import("./manners.js").Hands>} hands */
  #hands(hands) {
    const now = /** @type {Record<string, boolean>} */ (this.state.hands);
    if (Object.entries(hands).some(([name, on]) => now[name] !== on)) this.tell({ type: "here.hands", hands });
  }

  /** @param {string} text */
  #drafted(text) {
    this.tell({ type: "here.drafted", text });
    this.#later("draft", QUIET, () => this.#effects.draft());
    if (this.chat.note || !text) return;
    this.#hands({ typing: true, writing: true });
    this.#later("writing", WRITING, () => this.#hands({ writing: false }));
    this.#later("typing", TYPING, () => this.#hands({ typing: false }));
  }

  /** @param {Suggestion} card @param {import("./wire").FeedbackAction} action @param {string} [reason] */
  #acted(card, action, reason) {
    this.tell({ type: "here.acted", id: card.id, action });
    this.#effects.feedback(card.id, action, reason);
  }

  /** @param {NonNullable<Chat["note"]>["said"]} said @param {string | null} before
   * @param {{text: string}[]} open @param {string | null} [after] */
  #note(said, before, open, after = null) {
    const slots = open.map(({ text }) => text).join(", ");
    this.tell({ type: "here.noted", note: { said, before, after, slots } });
    if (!this.#drafts) this.#later("note", TOLD, () => this.#forget());
  }

  #forget() {
    this.tell({ type: "here.noted", note: null });
  }

  #noted() {
    const { said, slots } = /** @type {NonNullable<Chat["note"]>} */ (this.chat.note);
    return `${this.table.ui[said]} ${slots ? say(this.table, "stillOpen", { slots }) : ""}`;
  }

  /** @param {string} name @param {number} wait @param {() => void} then */
  #later(name, wait, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(then, wait);
  }
}
