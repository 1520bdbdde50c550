// <chat-assist-panel>: the element. The law: it draws the state, tells it what happened, and does what a
// reducer must not (clock, focus, events); it decides nothing. See docs/reference/panel.md.

import { render } from "lit/html.js";
import { Deeds } from "./deeds.js";
import { Effects } from "./effects.js";
import { Hands } from "./hands.js";
import { KEYS } from "./keys.js";
import { Rove } from "./rove.js";
import { reduce, START } from "./state.js";
import look from "./look.css?inline";
import css from "./panel.css?inline";
import { frame } from "./views/frame.js";
import { sayings, Voice } from "./voice.js";
import { languageFor, tableFor } from "./words.js";

/** @typedef {import("./state.js").State} State @typedef {import("./keys.js").Act} Act */

const TOLD = 6000;
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(look + css);
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
  rove = new Rove(this);
  effects = new Effects(this);
  deeds = new Deeds(this);
  hands = new Hands(this);
  #voice = new Voice(this, sayings);

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [STYLE];
  }

  connectedCallback() {
    // What the page set before this file was there.
    for (const name of GIVEN) {
      if (!Object.hasOwn(this, name)) continue;
      const given = /** @type {any} */ (this)[name];
      delete (/** @type {any} */ (this)[name]);
      /** @type {any} */ (this)[name] = given;
    }
    this.effects.connect();
    this.redraw();
  }

  disconnectedCallback() {
    this.effects.end();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
  }

  /** @param {string} name @param {string | null} was @param {string | null} now */
  attributeChangedCallback(name, was, now) {
    if (was === now) return;
    if (name === "conversation") this.tell({ type: "here.chat", conversation: now ?? "" });
    if (name === "server" || name === "agent") this.effects.connect();
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
    this.effects.connect();
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
    if (this.#drafts && this.chat && text !== this.chat.draft.text) this.hands.drafted(text ?? "");
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
    this.rove.focus();
  }

  /** Tell the state what happened; events of the wire come here too.
   * @param {any} message */
  tell(message) {
    const before = this.state;
    this.state = reduce(before, message);
    if (this.state === before) return;
    this.#voice.step(before, this.state);
    this.effects.step(before, this.state);
    if (this.state.link.how && !before.link.how) this.later("told", TOLD, () => this.tell({ type: "here.seen" }));
    this.redraw();
  }

  /** Draw once, after all that happens now. */
  redraw() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.draw());
  }

  draw() {
    this.#due = false;
    if (!this.isConnected) return;
    languageFor(this.tag, () => this.redraw());
    this.rove.before();
    render(frame(this), this.#root);
    this.rove.after();
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

  /** @param {Act} act */
  capture(act) {
    this.capturing = act;
    this.redraw();
  }

  /** Answer the agent's own act, for a screen reader.
   * @param {string} words */
  say(words) {
    this.#voice.now(words);
  }

  /** Do something after a wait (ms), instead of what waits under the same name.
   * @param {string} name @param {number} wait @param {() => void} then */
  later(name, wait, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(then, wait);
  }
}
