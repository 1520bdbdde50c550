// <chat-assist-wall>: the element. The law: it draws the state, tells it what happened, and does what a reducer
// must not (clock, focus, socket); it decides nothing. The token lives in this object and nowhere else.

import { render } from "lit/html.js";
import look from "../../panel/src/look.css?inline";
import { Link } from "../../panel/src/link.js";
import { Rove } from "../../panel/src/rove.js";
import { Voice } from "../../panel/src/voice.js";
import { languageFor, tableFor } from "../../panel/src/words.js";
import { actOf } from "./keys.js";
import { alertOf, counts, reduce, START } from "./state.js";
import { frame } from "./views/frame.js";
import { recordText } from "./views/record.js";
import { sayingsIn } from "./voice.js";
import css from "./wall.css?inline";
import { wallFor } from "./words.js";

/** @typedef {import("./state.js").State} State @typedef {import("./state.js").Chat} Chat */

const MINUTE = 60_000;
const TOLD = 6000;
/** How long after a break the service has told again all that stands. */
const LISTED = 1500;
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(look + css);

export class ChatAssistWall extends HTMLElement {
  static observedAttributes = ["server", "sign-in", "lang", "content-lang", "theme", "dir"];

  /** @type {State} */ state = START;
  /** @type {string | undefined | (() => string | Promise<string>)} */ #token;
  #clock = () => Date.now();
  #signed = false;
  #due = false;
  #told = "";
  /** @type {Link | null} */ #link = null;
  /** @type {Record<string, ReturnType<typeof setTimeout>>} */ #timers = {};
  #root = this.attachShadow({ mode: "open" });
  #rove = new Rove(this);
  #voice = new Voice(this, sayingsIn(() => this.tag));
  #online = () => this.#link?.hurry();

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [STYLE];
  }

  connectedCallback() {
    window.addEventListener("online", this.#online);
    this.connect();
  }

  disconnectedCallback() {
    window.removeEventListener("online", this.#online);
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#link?.end();
    this.#link = null;
  }

  /** @param {string} name @param {string | null} was @param {string | null} now */
  attributeChangedCallback(name, was, now) {
    if (was === now) return;
    if (name === "server") this.connect();
    this.redraw();
  }

  /** What the service asks of a supervisor, or a function that gives one for each connection; setting it connects
   * anew. It is never written anywhere.
   * @param {string | undefined | (() => string | Promise<string>)} token */
  set token(token) {
    this.#token = token;
    this.#signed = true;
    this.connect();
  }

  /** The time in ms; the machine's own where the page gives none. */
  get clock() {
    return this.#clock;
  }

  set clock(clock) {
    this.#clock = clock;
    this.tell({ type: "here.tick" });
  }

  get tag() {
    return this.closest("[lang]")?.getAttribute("lang") || "en";
  }

  get table() {
    return tableFor(this.tag);
  }

  get words() {
    return wallFor(this.tag);
  }

  get contentLang() {
    return this.getAttribute("content-lang") ?? "en";
  }

  get rightToLeft() {
    return this.matches(":dir(rtl)");
  }

  get root() {
    return this.#root;
  }

  /** Whether somebody has yet to say who they are. */
  get locked() {
    return this.hasAttribute("sign-in") && !this.#signed;
  }

  /** Put the focus where it was on the wall, else on the first thing to be done. */
  focus() {
    this.#rove.focus();
  }

  connect() {
    this.#link?.end();
    this.#link = null;
    const url = this.getAttribute("server");
    this.tell({ type: "here.anew" });
    if (!url || !this.isConnected || this.locked) return;
    this.#link = new Link({
      url,
      role: "supervisor",
      token: () => (typeof this.#token === "function" ? this.#token() : this.#token),
      heard: (message) => this.tell(message.type === "error" ? { type: "here.error", words: message.message } : message),
      changed: (status, code) => this.#changed(status, code),
    });
    this.#tick();
  }

  /** Tell the state what happened; events of the wire come here too.
   * @param {any} message */
  tell(message) {
    const before = this.state;
    this.state = reduce(before, { now: this.#clock(), ...message });
    if (this.state === before) return;
    this.#voice.step(before, this.state);
    if (this.state.link.how && !before.link.how) this.#later("told", TOLD, () => this.tell({ type: "here.seen" }));
    this.redraw();
  }

  /** Draw once, before the next picture. */
  redraw() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#due = false;
    if (!this.isConnected) return;
    languageFor(this.tag, () => this.redraw());
    this.#rove.before();
    render(frame(this), this.#root);
    this.#rove.after();
    this.#count();
  }

  // For the page: how many there are, and the wall's name in its language.
  #count() {
    const detail = { ...counts(this.state), title: this.words.ui.title };
    const told = JSON.stringify(detail);
    if (told === this.#told) return;
    this.#told = told;
    this.#emit("assist-wall", detail);
  }

  /** @param {string} name @param {object} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  // What the supervisor does

  /** @param {Chat} chat */
  acknowledge({ id: conversation, calls }) {
    for (const { id } of calls) {
      const alert = alertOf(conversation, id);
      if (this.state.asked.includes(alert)) continue;
      this.tell({ type: "here.asked", alert });
      this.#link?.ask({ type: "acknowledge", conversation, alert: id }).then((answer) => {
        if (answer.type === "error") this.tell({ type: "here.error", words: answer.message, alert });
      });
    }
  }

  /** @param {string} conversation the chat whose record is wanted; none shuts it */
  open(conversation) {
    const was = this.state.open;
    this.tell({ type: "here.open", conversation });
    if (conversation) this.#link?.ask({ type: "summarise", conversation });
    this.#draw();
    const next = conversation ? ".record h2" : `[data-group="${CSS.escape(was)}"] .hand-over`;
    /** @type {HTMLElement | null} */ (this.#root.querySelector(next))?.focus();
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(recordText(this));
      this.tell({ type: "here.copied" });
      this.#voice.now(this.words.ui.copied);
    } catch {
      this.tell({ type: "here.error", words: this.words.ui.noCopy });
    }
  }

  /** @param {SubmitEvent} event */
  onSignIn = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (this.#root.querySelector("input"));
    this.token = field.value.trim() || undefined;
    field.value = "";
  };

  // What the hands do

  /** @param {KeyboardEvent} event */
  onKey = (event) => {
    const act = actOf(event);
    if (!act) return;
    if (act === "back" && this.state.open) this.open("");
    else if (act !== "back") this.#rove.move(act, this.rightToLeft);
    else return;
    event.preventDefault();
  };

  /** @param {FocusEvent} event */
  onFocus = (event) => {
    if (this.#rove.drawing) return;
    const inside = /** @type {Element | null} */ (event.type === "focusin" ? event.target : event.relatedTarget);
    if (inside && event.type === "focusin") this.#rove.keep(inside);
    this.#hands({ within: Boolean(inside?.closest?.(".list") && inside.matches(":focus-visible")) });
  };

  /** @param {PointerEvent} event */
  onOver = (event) => this.#hands({ over: event.type === "pointerenter" && event.pointerType !== "touch" });

  /** @param {Partial<State["hands"]>} hands */
  #hands(hands) {
    const now = /** @type {Record<string, boolean>} */ (this.state.hands);
    if (Object.entries(hands).some(([name, on]) => now[name] !== on)) this.tell({ type: "here.hands", hands });
  }

  /** @param {import("../../panel/src/link.js").Status} status @param {number} code */
  #changed(status, code) {
    this.tell({ type: "here.link", status, code });
    this.#emit("assist-connection", { status, code });
    if (status === "refused" && (code === 4101 || code === 4102)) {
      this.#signed = false;
      this.#token = undefined;
    }
    if (status !== "open") return;
    const after = this.state.loaded && { after: { epoch: "wall", offset: 0 } };
    this.#link?.send({ type: "subscribe", conversation: "*", ...after });
    this.#later("listed", LISTED, () => this.tell({ type: "here.told" }));
  }

  #tick() {
    this.tell({ type: "here.tick" });
    this.#later("tick", MINUTE / 4, () => this.#tick());
  }

  /** @param {string} name @param {number} wait @param {() => void} then */
  #later(name, wait, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(then, wait);
  }
}
