// What host and frame say to each other. The law: one table says who may say what, with which fields; both
// sides check what comes by it and ignore fields they do not know. Nothing here knows a page.
// docs/reference/host.md tells it in words.

export const VERSION = 1;

const LONGEST = 20_000;
const text = (value) => typeof value === "string" && value.length <= LONGEST;
const id = (value) => typeof value === "string" && value.length > 0 && value.length <= 256;
const flag = (value) => typeof value === "boolean";
const number = (value) => Number.isInteger(value) && value >= 0;
const span = (value) => Array.isArray(value) && value.length === 2 && value.every(number) && value[0] <= value[1];
const list = (of) => (value) => Array.isArray(value) && value.length <= 5000 && value.every(of);
const record = (fields) => (value) => Boolean(value) && typeof value === "object" && !misfit(value, fields);
const or = (...kinds) => (value) => kinds.some((kind) => kind(value));
const oneOf = (...words) => (value) => words.includes(value);
const maybe = (kind) => Object.assign((value) => value === undefined || value === null || kind(value), { maybe: true });

const TURN = record({ id, role: oneOf("customer", "agent", "bot", "system"), text, at: maybe(text) });
const CHAT = record({ id, name: text });
const OPEN = list(record({ name: text, span }));
const KEYS = (value) => Boolean(value) && typeof value === "object" && Object.values(value).every(text);

/** What a desk can do, each a flag in `start`. */
export const CAPABILITIES = ["insertText", "replaceText", "focusComposer", "showTurn", "copyText", "openChat", "token", "draft"];

/** From the host to the frame. */
export const TO_FRAME = {
  start: { version: number, capabilities: list(text), agent: maybe(id), keys: maybe(KEYS) },
  context: { conversation: or(id, oneOf("")), turns: maybe(list(TURN)), chats: maybe(list(CHAT)) },
  turns: { conversation: id, turns: list(TURN) },
  draft: { text },
  theme: { theme: oneOf("light", "dark", "") },
  locale: { lang: text, dir: maybe(oneOf("ltr", "rtl")) },
  token: { re: maybe(id), token: maybe(text) },
  done: { re: id, ok: flag },
  focus: {},
};

/** From the frame to the host. */
export const TO_HOST = {
  hello: { version: number },
  insertText: { id, suggestion: id, text, slots: OPEN },
  replaceText: { id, text, before: maybe(text), fills: OPEN },
  copyText: { id, text },
  token: { id },
  showTurn: { turn: id, spans: list(span) },
  openChat: { conversation: id },
  focusComposer: {},
  state: { conversation: text, level: text },
  connection: { status: text, code: number },
  keys: { keys: KEYS },
  error: { code: text, message: text },
};

/** Return what is wrong with a message, as `{code, message}`, or null. */
export function wrong(message, table) {
  if (!message || typeof message !== "object" || typeof message.type !== "string") {
    return { code: "message.malformed", message: "Send an object with a `type`." };
  }
  if (!Object.hasOwn(table, message.type)) {
    return { code: "message.unknown-type", message: `There is no such message here; known are ${Object.keys(table).join(", ")}.` };
  }
  const field = misfit(message, table[message.type]);
  return field && { code: "message.wrong-field", message: `\`${message.type}.${field}\` is missing or of another kind; see the table of messages.` };
}

/** Return whether pages of `origin` are among `hosts`; `https://*.desk.example` stands for every name below it. */
export function isAmong(origin, hosts) {
  return hosts.some((host) => {
    if (host === origin) return true;
    const [scheme, name] = host.split("://*.");
    return Boolean(name) && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${name}`);
  });
}

/** Return a span of code points in UTF-16 units, as a text field's selection wants it. */
export function units(words, [start, end]) {
  const length = (upTo) => [...words].slice(0, upTo).join("").length;
  return [length(start), length(end)];
}

function misfit(value, fields) {
  return Object.keys(fields).find((name) => !fields[name](value[name]));
}
