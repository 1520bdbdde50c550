// A connection to the service. The law: one socket at a time; what was asked and not answered is
// asked again after a break; close codes 4100–4199 are final, all others come back.

const LONGEST_WAIT = 8000;

/** Return how long to wait (ms) before the next try, or null where trying again is no use. */
export function waitBefore(attempt, code) {
  if (code >= 4100 && code < 4200) return null;
  return Math.min(LONGEST_WAIT, 500 * 2 ** attempt);
}

export class Link {
  #url;
  #hello;
  #heard;
  #changed;
  #socket = null;
  #ready = false;
  #met = false;
  #attempt = 0;
  #asked = new Map();
  #count = 0;

  /** `heard(message)` gets every message; `changed(status)` every new status of the connection. */
  constructor({ url, hello, heard, changed }) {
    this.#url = url;
    this.#hello = { type: "hello", protocol: 1, ...hello };
    this.#heard = heard;
    this.#changed = changed;
    this.#connect();
  }

  get ready() {
    return this.#ready;
  }

  /** Send now, or never: for what is stale a second later. */
  send(message) {
    if (this.#ready) this.#write(message);
  }

  /** Ask, again after every break, until there is an answer; resolves with it. */
  ask(message) {
    this.#count += 1;
    const id = `${this.#hello.role}-${this.#count}`;
    return new Promise((answered) => {
      this.#asked.set(id, { message: { ...message, id }, answered });
      if (this.#ready) this.#write({ ...message, id });
    });
  }

  #connect() {
    this.#changed(this.#met ? "lost" : this.#attempt ? "unreachable" : "connecting");
    this.#socket = new WebSocket(this.#url, ["assist.v1"]);
    this.#socket.onopen = () => this.#write(this.#hello);
    this.#socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    this.#socket.onclose = ({ code }) => this.#closed(code);
  }

  #take(message) {
    if (message.type === "welcome") this.#welcomed();
    this.#asked.get(message.re)?.answered(message);
    this.#asked.delete(message.re);
    this.#heard(message);
  }

  #welcomed() {
    this.#ready = true;
    this.#met = true;
    this.#attempt = 0;
    for (const { message } of this.#asked.values()) this.#write(message);
    this.#changed("open");
  }

  #closed(code) {
    this.#ready = false;
    const wait = waitBefore(this.#attempt, code);
    this.#attempt += 1;
    if (wait === null) return this.#changed("refused");
    this.#changed(this.#met ? "lost" : "unreachable");
    setTimeout(() => this.#connect(), wait);
  }

  #write(message) {
    this.#socket.send(JSON.stringify(message));
  }
}
