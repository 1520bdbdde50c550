// A client of the wire protocol, for pages and for Node. The law: it speaks the protocol and nothing
// else. What was asked and not answered is asked again after a break; at most IN_FLIGHT questions are
// out; a follower that does not read is sent nothing until it does, and then loses nothing.

export const PROTOCOL = 1;
export const SUBPROTOCOL = "assist.v1";
export const IN_FLIGHT = 64;
const MOST_EVENTS = 1024;
const MOST_BUFFERED = 1_048_576;
const LONGEST_WAIT = 30_000;
const BAD_TOKEN = 4101;
const FOR_GOOD = [1000, 1002, 1003, 1007, 1008, 1009, 1010];

/** Tell whether to connect again after this close code. */
export function comesBack(code) {
  return !FOR_GOOD.includes(code) && !(code >= 4100 && code < 4200);
}

/** Return the milliseconds to wait before try `attempt` (from 0); `chance` is from 0 to 1. */
export function waitBefore(attempt, chance = Math.random()) {
  return Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(attempt, 16)) * (0.5 + chance / 2);
}

/** What the service refused, or the end of the connection. `code` is stable; `retry`: try again. */
export class AssistError extends Error {
  constructor(message, { code, retry = false, close } = {}) {
    super(message);
    this.name = "AssistError";
    this.code = code;
    this.retry = retry;
    this.close = close;
  }
}

/** Connects, and stays connected until `end()`; see assist-client.d.ts for every method. */
export class AssistClient {
  #url;
  #hello;
  #token;
  #status;
  #Socket;
  #sleep;
  #socket = null;
  #open = false;
  #attempt = 0;
  #count = 0;
  #fault = null;
  #asked = new Map();
  #queue = [];
  #drafts = new Map();
  #followers = new Map();
  #welcomed = [];
  #stop = () => {};

  welcome = null;

  constructor(url, { role, agent, token, onstatus, WebSocket, sleep } = {}) {
    this.#url = url;
    this.#hello = { type: "hello", protocol: PROTOCOL, role, ...(agent && { agent }) };
    this.#token = token;
    this.#status = onstatus ?? (() => {});
    this.#Socket = WebSocket ?? globalThis.WebSocket;
    this.#sleep = sleep ?? ((ms) => new Promise((over) => setTimeout(over, ms)));
    this.#connect();
  }

  get connected() {
    return this.#open;
  }

  /** Resolve with the welcome once connected; reject where that is refused for good. */
  ready() {
    if (this.#fault) return Promise.reject(this.#fault);
    if (this.#open) return Promise.resolve(this.welcome);
    return new Promise((resolve, reject) => this.#welcomed.push({ resolve, reject }));
  }

  openConversation(conversation, about = {}) {
    return this.ask({ type: "open", conversation, ...about });
  }

  turn(conversation, turn) {
    return this.ask({ type: "turn", conversation, turn });
  }

  edit(conversation, turn, text, at = now()) {
    return this.ask({ type: "edit", conversation, turn, text, at });
  }

  redact(conversation, turn, at = now()) {
    return this.ask({ type: "redact", conversation, turn, at });
  }

  assign(conversation, agent) {
    return this.ask({ type: "assign", conversation, agent });
  }

  closeConversation(conversation, outcome, at = now()) {
    return this.ask({ type: "close", conversation, at, ...(outcome && { outcome }) });
  }

  /** Say that somebody began or stopped typing: sent now or never, and not answered. */
  typing(conversation, role, on, at = now()) {
    if (this.#open && this.#socket.bufferedAmount < MOST_BUFFERED) {
      this.#write({ type: "typing", conversation, role, on, at });
    }
  }

  /** Ask what is to be said of a draft; null where a newer one took its place. */
  async draft(conversation, revision, text) {
    this.#drafts.get(conversation)?.(null);
    const newer = new Promise((resolve) => this.#drafts.set(conversation, resolve));
    return Promise.race([this.ask({ type: "draft", conversation, revision, text }), newer]);
  }

  feedback(conversation, suggestion, action, { reason, at = now() } = {}) {
    const why = reason === undefined ? {} : { reason };
    return this.ask({ type: "feedback", conversation, suggestion, action, at, ...why });
  }

  snooze(conversation, technique, on, at = now()) {
    return this.ask({ type: "snooze", conversation, technique, on, at });
  }

  prefer(wanted = {}) {
    return this.ask({ type: "prefer", ...wanted });
  }

  heldBack(conversation) {
    return this.ask({ type: "held", conversation });
  }

  summarise(conversation) {
    return this.ask({ type: "summarise", conversation });
  }

  acknowledge(conversation, alert) {
    return this.ask({ type: "acknowledge", conversation, alert });
  }

  /** Send `message`, after every break again, and resolve with its answer. */
  ask(message) {
    if (this.#fault) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      this.#count += 1;
      const id = String(this.#count);
      this.#queue.push({ message: { ...message, id }, attempt: 0, resolve, reject });
      this.#flow();
    });
  }

  /** Yield the snapshot of a conversation (`*`: all), then its events, each once and in order.
   * After a break it goes on where it was; another snapshot comes only where events are lost. */
  async *follow(conversation, { after, signal } = {}) {
    const follower = new Follower(conversation, signal);
    this.#followersOf(conversation).add(follower);
    try {
      while (!signal?.aborted) {
        follower.begin();
        const place = conversation === "*" || !after ? {} : { after };
        const snapshot = await this.ask({ type: "subscribe", conversation, ...place });
        if (!after || !snapshot.recovered) {
          yield snapshot;
          after = snapshot.position;
        }
        for (let event; (event = await follower.next(after)); ) {
          yield event;
          after = event.position ?? after;
        }
        if (this.#fault) throw this.#fault;
      }
    } finally {
      this.#leave(conversation, follower);
    }
  }

  /** End the connection for good. Whoever still waits is told. */
  end() {
    this.#fail(new AssistError("the client was ended", { code: "client.ended" }));
    this.#socket?.close(1000);
  }

  async [Symbol.asyncDispose ?? "dispose"]() {
    this.end();
  }

  async #connect() {
    if (this.#fault) return;
    this.#status("connecting");
    let token;
    try {
      token = typeof this.#token === "function" ? await this.#token() : this.#token;
    } catch {
      this.#status("lost");
      await this.#again();
      return;
    }
    if (this.#fault) return;
    const socket = new this.#Socket(this.#url, [SUBPROTOCOL]);
    this.#socket = socket;
    socket.onopen = () => this.#write({ ...this.#hello, ...(token && { token }), id: "hello" });
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code, reason }) => this.#closed(code, reason);
  }

  #take(data) {
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      this.#socket.close(4000);
      return;
    }
    if (message.re === "hello") this.#met(message);
    else if (this.#asked.has(message.re)) this.#answered(message);
    else this.#tell(message);
  }

  #met(message) {
    if (message.type !== "welcome") {
      this.#refusal = new AssistError(message.message, message);
      return;
    }
    this.#attempt = 0;
    this.#open = true;
    this.welcome = message;
    for (const { resolve } of this.#welcomed.splice(0)) resolve(message);
    this.#status("open");
    this.#flow();
  }

  #refusal = null;

  #answered(message) {
    const asked = this.#asked.get(message.re);
    this.#asked.delete(message.re);
    if (message.type !== "error") asked.resolve(message);
    else if (message.retry) this.#later(asked);
    else asked.reject(new AssistError(message.message, message));
    this.#flow();
  }

  async #later(asked) {
    await this.#sleep(waitBefore(asked.attempt));
    asked.attempt += 1;
    if (this.#fault) asked.reject(this.#fault);
    else this.#queue.push(asked);
    this.#flow();
  }

  #tell(message) {
    for (const name of new Set([message.conversation, "*"])) {
      for (const follower of this.#followers.get(name) ?? []) follower.put(message);
    }
  }

  #flow() {
    while (this.#open && this.#queue.length && this.#asked.size < IN_FLIGHT) {
      const asked = this.#queue.shift();
      this.#asked.set(asked.message.id, asked);
      this.#write(asked.message);
    }
  }

  #closed(code, reason) {
    this.#open = false;
    this.#queue.unshift(...this.#asked.values());
    this.#asked.clear();
    for (const followers of this.#followers.values()) for (const one of followers) one.cut();
    const renews = code === BAD_TOKEN && typeof this.#token === "function" && this.welcome;
    if (this.#fault) return this.#status("ended");
    if (comesBack(code) || renews) {
      this.#status("lost");
      return this.#again();
    }
    const said = reason || "the connection has ended";
    this.#fail(
      this.#refusal ?? new AssistError(said, { code: "connection.closed", close: code }),
    );
    return this.#status("refused");
  }

  async #again() {
    const wait = waitBefore(this.#attempt);
    this.#attempt += 1;
    await Promise.race([this.#sleep(wait), new Promise((stop) => (this.#stop = stop))]);
    this.#connect();
  }

  #fail(fault) {
    this.#fault ??= fault;
    this.#open = false;
    for (const { reject } of [...this.#queue.splice(0), ...this.#asked.values()]) reject(fault);
    this.#asked.clear();
    for (const { reject } of this.#welcomed.splice(0)) reject(fault);
    for (const followers of this.#followers.values()) for (const one of followers) one.cut();
    this.#stop();
  }

  #followersOf(conversation) {
    if (!this.#followers.has(conversation)) this.#followers.set(conversation, new Set());
    return this.#followers.get(conversation);
  }

  #leave(conversation, follower) {
    const others = this.#followersOf(conversation);
    others.delete(follower);
    if (others.size) return;
    this.#followers.delete(conversation);
    if (!this.#fault) this.ask({ type: "unsubscribe", conversation }).catch(() => {});
  }

  #write(message) {
    this.#socket.send(JSON.stringify(message));
  }
}

class Follower {
  #conversation;
  #events = [];
  #cut = false;
  #wake = () => {};

  constructor(conversation, signal) {
    this.#conversation = conversation;
    signal?.addEventListener("abort", () => this.cut());
  }

  begin() {
    this.#events = [];
    this.#cut = false;
  }

  put(event) {
    if (this.#cut) return;
    if (this.#events.length >= MOST_EVENTS) this.#cut = true;
    else this.#events.push(event);
    this.#wake();
  }

  cut() {
    this.#cut = true;
    this.#wake();
  }

  /** Resolve with the next event behind `after`, or null where nothing more is to be expected. */
  async next(after) {
    for (;;) {
      const event = this.#events.shift();
      if (event === undefined) {
        if (this.#cut) return null;
        await new Promise((wake) => (this.#wake = wake));
      } else if (this.#conversation === "*" || !event.position) return event;
      // Events of the subscription before may come first; these are sent again in order.
      else if (event.position.offset === after.offset + 1) return event;
    }
  }
}

function now() {
  return new Date().toISOString();
}
