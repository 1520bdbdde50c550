// The host's side of the port. The law: it speaks only to the frame it made, at that frame's own origin, and
// hears only what comes over the channel between them. A desk (see docs/reference/host.md) is a plain object;
// what it can do is what functions it has. A token goes over the channel, never into an address.

import { CAPABILITIES, TO_HOST, VERSION, wrong } from "./port.js";

/** Put the sidebar into `place` and connect it to `desk`; returns the Panel. */
export function open(place, desk) {
  const frame = document.createElement("iframe");
  frame.src = new URL("frame.html", import.meta.url).href;
  frame.title = "Chat-assist";
  frame.allow = "clipboard-write";
  frame.sandbox.add("allow-scripts", "allow-same-origin", "allow-forms");
  const panel = new Panel(frame, desk);
  place.append(frame);
  return panel;
}

export class Panel {
  #frame;
  #desk;
  #port = null;
  #met = false;
  #known = new Map();
  #ended;

  /** @param frame an iframe with frame.html, not yet loaded @param desk what the host can do */
  constructor(frame, desk) {
    this.#frame = frame;
    this.#desk = desk;
    frame.addEventListener("load", () => this.#connect());
    this.#ended = desk.watch?.(this);
  }

  /** Tell which chat is on the screen: `{conversation, turns?, chats?}`; "" for none. */
  context(context) {
    this.#known.delete("draft");
    this.#known.delete("turns");
    this.#tell({ type: "context", ...context });
  }

  /** Tell what was said in the chat on the screen: `[{id, role, text, at?}]`. */
  turns(turns) {
    const { conversation } = this.#known.get("context") ?? {};
    if (conversation) this.#tell({ type: "turns", conversation, turns });
  }

  /** Tell what stands in the composer, at every change. */
  draft(text) {
    if (this.#known.get("draft")?.text !== text) this.#tell({ type: "draft", text });
  }

  /** Tell the colours: "light", "dark", or "" for the reader's own. */
  theme(theme) {
    this.#tell({ type: "theme", theme });
  }

  /** Tell the language and, where it is not the language's own, the direction. */
  locale(lang, dir) {
    this.#tell({ type: "locale", lang, dir });
  }

  /** Say that there is a new token: the panel connects again and asks for it. */
  renewed() {
    this.#port?.postMessage({ type: "token" });
  }

  focus() {
    this.#frame.focus();
    this.#port?.postMessage({ type: "focus" });
  }

  end() {
    this.#ended?.();
    this.#port?.close();
    this.#frame.remove();
  }

  #connect() {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    [this.#port, this.#met] = [port1, false];
    port1.onmessage = ({ data }) => this.#heard(data);
    const { origin } = new URL(this.#frame.src);
    this.#frame.contentWindow.postMessage({ assist: "connect", version: VERSION }, origin, [port2]);
  }

  // What is known is told again to a frame that was loaded anew.
  #tell(message) {
    this.#known.set(message.type, message);
    if (this.#met) this.#port.postMessage(message);
  }

  #heard(message) {
    if (wrong(message, TO_HOST)) return;
    if (message.type === "hello") return this.#start();
    const heard = HEARD[message.type];
    if (heard) heard(this.#desk, message, (answer) => this.#port.postMessage({ re: message.id, ...answer }), this.#known);
    else this.#desk[message.type]?.(message);
  }

  #start() {
    const { agent, keys } = this.#desk;
    const capabilities = CAPABILITIES.filter((name) => this.#desk[name]);
    this.#met = true;
    this.#port.postMessage({ type: "start", version: VERSION, capabilities, agent, keys });
    for (const type of ["locale", "theme", "context", "turns", "draft"]) {
      if (this.#known.has(type)) this.#port.postMessage(this.#known.get(type));
    }
  }
}

// A desk's function may return `false`, or a promise of it, where it did nothing.
async function done(reply, does) {
  let ok = false;
  try {
    ok = (await does()) !== false;
  } catch {
    // The frame is told that it failed; what failed is the host's own business.
  }
  reply({ type: "done", ok });
}

const HEARD = {
  insertText: (desk, { text, slots }, reply) => done(reply, () => desk.insertText(text, slots)),
  copyText: (desk, { text }, reply) => done(reply, () => desk.copyText(text)),
  // The agent has typed on since the rewrite was made: what they typed is theirs.
  replaceText: (desk, { text, before, fills }, reply, known) =>
    done(reply, () => {
      const now = known.get("draft")?.text;
      return before !== undefined && now !== undefined && before !== now ? false : desk.replaceText(text, fills);
    }),
  async token(desk, _message, reply) {
    let token;
    try {
      token = await desk.token?.();
    } catch {
      // Without a token the service says that one is needed.
    }
    reply({ type: "token", token });
  },
  showTurn: (desk, { turn, spans }) => desk.showTurn?.(turn, spans),
  openChat: (desk, { conversation }) => desk.openChat?.(conversation),
  focusComposer: (desk) => desk.focusComposer?.(),
};
