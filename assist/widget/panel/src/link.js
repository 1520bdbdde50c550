// A connection to the service. The law: one socket at a time; what was asked and not answered is asked
// again after a break; which close codes are final is said in assist/wire/closing.py and repeated here.

import { learn } from "./words.js";

const LONGEST_WAIT = 8000;
const FOR_GOOD = [1000, 1002, 1003, 1007, 1008, 1009, 1010];

/** Return how long to wait (ms) before the next try, or null where trying again is no use.
 * @param {number} attempt @param {number} code @param {number} [dice] 0..1, so that not all come at once
 * @returns {number | null} */
export function waitBefore(attempt, code, dice = 1) {
  if (FOR_GOOD.includes(code) || (code >= 4100 && code < 4200)) return null;
  return Math.min(LONGEST_WAIT, 500 * 2 ** attempt) * (0.5 + dice / 2);
}

/** @typedef {"connecting" | "open" | "lost" | "restart" | "unreachable" | "offline" | "refused"} Status */
/** @typedef {{url: string, agent?: string, token?: () => (string | Promise<string> | undefined),
 *   role?: "platform" | "agent" | "supervisor", heard: (message: any) => void, changed: (status: Status, code: number) => void}} Way */

export class Link {
  /** @type {Way} */ #way;
  /** @type {WebSocket | null} */ #socket = null;
  #ready = false;
  #met = false;
  #attempt = 0;
  #count = 0;
  #ended = false;
  /** @type {Map<string, {message: object, answered: (answer: any) => void}>} */ #asked = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Way} way */
  constructor(way) {
    this.#way = way;
    this.#connect();
  }

  get ready() {
    return this.#ready;
  }

  /** Send now, or never: for what is stale a second later.
   * @param {object} message */
  send(message) {
    if (this.#ready) this.#write(message);
  }

  /** Ask, again after every break, until there is an answer; resolves with it.
   * @param {object} message @returns {Promise<any>} */
  ask(message) {
    this.#count += 1;
    const id = `panel-${this.#count}`;
    return new Promise((answered) => {
      this.#asked.set(id, { message: { ...message, id }, answered });
      this.send({ ...message, id });
    });
  }

  /** Try at once, for a network that has come back. */
  hurry() {
    if (this.#ended || this.#socket) return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  async #connect() {
    this.#way.changed(this.#met ? "lost" : this.#attempt ? "unreachable" : "connecting", 0);
    const token = await this.#way.token?.();
    if (this.#ended || this.#socket) return;
    const socket = new WebSocket(this.#way.url, ["assist.v1"]);
    this.#socket = socket;
    const { agent, role = "agent" } = this.#way;
    const hello = { type: "hello", protocol: 1, role, ...(agent && { agent }), ...(token && { token }) };
    socket.onopen = () => this.#write(hello);
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onclose = ({ code }) => this.#closed(code);
  }

  /** @param {string} data */
  #take(data) {
    const message = JSON.parse(data);
    if (this.#ended || !message) return;
    if (message.type === "welcome") this.#welcomed(message);
    this.#asked.get(message.re)?.answered(message);
    this.#asked.delete(message.re);
    this.#way.heard(message);
  }

  /** @param {{techniques?: Record<string, string>}} welcome */
  #welcomed({ techniques }) {
    learn(techniques);
    this.#ready = this.#met = true;
    this.#attempt = 0;
    this.#way.changed("open", 0);
    for (const { message } of this.#asked.values()) this.#write(message);
  }

  /** @param {number} code */
  #closed(code) {
    this.#ready = false;
    this.#socket = null;
    if (this.#ended) return;
    const wait = waitBefore(this.#attempt, code, Math.random());
    this.#attempt += 1;
    if (wait === null) return this.#way.changed("refused", code);
    const offline = !navigator.onLine;
    const lost = code === 4002 || code === 1012 ? "restart" : "lost";
    this.#way.changed(offline ? "offline" : this.#met ? lost : "unreachable", code);
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  /** @param {object} message */
  #write(message) {
    this.#socket?.send(JSON.stringify(message));
  }
}
