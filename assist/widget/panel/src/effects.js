// What must be said to the service because something changed. The law: one link for all chats; every chat
// of the state is followed; nothing here looks at the screen.

import { Link } from "./link.js";

/** @typedef {import("./element.js").ChatAssistPanel} Panel @typedef {import("./state.js").State} State */

const CATCH_UP = 1200;

export class Effects {
  /** @type {Panel} */ #panel;
  /** @type {Link | null} */ #link = null;
  /** @type {Set<string>} */ #shown = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #count = 0;
  #online = () => this.#link?.hurry();

  /** @param {Panel} panel */
  constructor(panel) {
    this.#panel = panel;
  }

  /** Connect anew, as the server, agent and token now are. */
  connect() {
    this.end();
    const { server, agent, isConnected } = this.#panel;
    if (!server || !isConnected) return;
    window.addEventListener("online", this.#online);
    this.#link = new Link({
      url: server,
      agent,
      token: () => (typeof this.#panel.token === "function" ? this.#panel.token() : this.#panel.token),
      heard: (message) => this.#heard(message),
      changed: (status, code) => this.#changed(status, code),
    });
  }

  end() {
    window.removeEventListener("online", this.#online);
    clearTimeout(this.#timer);
    this.#link?.end();
    this.#link = null;
  }

  /** @param {State} before @param {State} after */
  step(before, after) {
    for (const id of Object.keys(after.chats)) if (!before.chats[id]) this.#subscribe(id);
    for (const conversation of Object.keys(before.chats)) {
      if (!after.chats[conversation]) this.#link?.send({ type: "unsubscribe", conversation });
    }
    const chat = after.chats[after.active];
    const was = after.active === before.active ? before.chats[after.active] : undefined;
    if (!chat || chat === was) return;
    if (chat.placed !== was?.placed) this.#show(chat);
    if (chat.position !== was?.position || chat.turns !== was?.turns) this.#catchUp(chat.id);
    if (chat.escalation !== was?.escalation && chat.escalation) {
      const { level, score, trend } = chat.escalation;
      this.#panel.emit("assist-state", { level, score, trend });
    }
  }

  draft() {
    const { chat } = this.#panel;
    if (chat?.draft.text.trim()) this.#link?.send({ type: "draft", conversation: chat.id, ...chat.draft });
  }

  /** @param {string} suggestion @param {string} action @param {string} [reason] */
  feedback(suggestion, action, reason) {
    this.#ask({ type: "feedback", suggestion, action, ...(reason && { reason }) });
  }

  /** @param {string} technique */
  wake(technique) {
    this.#ask({ type: "snooze", technique, on: false });
  }

  held() {
    this.#ask({ type: "held" });
  }

  /** @param {object} message */
  #ask(message) {
    const panel = this.#panel;
    this.#link?.ask({ ...message, conversation: panel.state.active, at: panel.clock() });
  }

  /** @param {any} message */
  #heard(message) {
    const panel = this.#panel;
    if (message.type === "error") panel.tell({ type: "here.error", words: message.message });
    else panel.tell(message);
  }

  /** @param {import("./link.js").Status} status @param {number} code */
  #changed(status, code) {
    const panel = this.#panel;
    panel.tell({ type: "here.link", status, code });
    panel.emit("assist-connection", { status, code });
    if (status !== "open") return;
    for (const id of Object.keys(panel.state.chats)) this.#subscribe(id);
    this.draft();
  }

  /** @param {string} conversation */
  #subscribe(conversation) {
    const after = this.#panel.state.chats[conversation]?.position;
    this.#link?.send({ type: "subscribe", conversation, ...(after && { after }) });
  }

  /** @param {import("./state.js").Chat} chat */
  #show({ id, placed }) {
    for (const { id: suggestion } of (placed?.suggestions ?? []).slice(0, 3)) {
      if (this.#shown.has(suggestion) || !this.#link?.ready) continue;
      this.#shown.add(suggestion);
      this.#link.send({ type: "feedback", conversation: id, suggestion, action: "shown", at: this.#panel.clock() });
    }
  }

  // The feeling so far and the steps done are told only when asked for.
  /** @param {string} conversation */
  #catchUp(conversation) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#count += 1;
      this.#link?.send({ type: "summarise", conversation, id: `catch-up-${this.#count}` });
    }, this.#panel.chat?.feelings.length ? CATCH_UP : 0);
  }
}
