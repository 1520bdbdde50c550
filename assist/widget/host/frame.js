// The page inside the iframe: the panel, and the port to the page around it. The law: it answers only the
// window around it, and only where its origin is among those the service names; it never speaks first, and
// never to "*". A token is asked for over the port, and kept nowhere.

import "../panel/chat-assist-panel.js";
import { isAmong, TO_FRAME, VERSION, wrong } from "./port.js";
import { say } from "./words.js";

const PATIENCE = 8000;
const panel = document.querySelector("chat-assist-panel");
const notice = document.querySelector("#notice");
const configured = fetch(new URL("config.json", import.meta.url)).then((answer) => answer.json());

let port = null;
let can = new Set();
let count = 0;
let asked = new Map();

addEventListener("message", async (event) => {
  const { data, source, origin, ports } = event;
  if (source !== parent || source === window || data?.assist !== "connect" || !ports[0]) return;
  const { hosts, ws } = await configured;
  if (!isAmong(origin, [location.origin, ...hosts])) return tell("stranger", { origin });
  if (data.version !== VERSION) return refuse(ports[0]);
  connect(ports[0], ws);
});

setTimeout(() => port || notice.textContent || tell("alone"), PATIENCE);

function refuse(given) {
  given.postMessage({ type: "error", code: "port.version", message: `This frame speaks version ${VERSION}; use the host.js beside it.` });
  tell("version");
}

// A page that connects again has loaded its side anew; the port before it is of no use.
function connect(given, ws) {
  port?.close();
  [port, asked] = [given, new Map()];
  port.onmessage = ({ data }) => heard(data, ws);
  send({ type: "hello", version: VERSION });
}

function send(message) {
  port?.postMessage(message);
}

function ask(message) {
  count += 1;
  const id = `f${count}`;
  return new Promise((answered) => {
    asked.set(id, answered);
    send({ ...message, id });
  });
}

function heard(message, ws) {
  const fault = wrong(message, TO_FRAME);
  if (fault) return send({ type: "error", ...fault });
  if (message.type === "start") return start(message, ws);
  HEARD[message.type](message);
}

const HEARD = {
  context({ conversation, turns, chats }) {
    panel.chats = chats ?? [];
    panel.conversation = conversation;
    panel.turns = turns ?? [];
    panel.draft = can.has("draft") ? "" : undefined;
    panel.toggleAttribute("no-insert", !can.has("insertText"));
    tell("");
  },
  turns({ conversation, turns }) {
    if (conversation === panel.conversation) panel.turns = turns;
  },
  draft({ text }) {
    if (can.has("draft")) panel.draft = text;
  },
  theme({ theme }) {
    document.documentElement.dataset.theme = theme;
    if (theme) panel.setAttribute("theme", theme);
    else panel.removeAttribute("theme");
  },
  locale({ lang, dir }) {
    document.documentElement.lang = lang;
    document.documentElement.dir = dir ?? "";
    panel.lang = lang;
  },
  token(message) {
    if (message.re) answer(message.re, message.token ?? undefined);
    else panel.token = token; // there is a new one: connect again, and ask for it
  },
  done: ({ re, ok }) => answer(re, ok),
  focus: () => panel.focus(),
};

function answer(re, value) {
  asked.get(re)?.(value);
  asked.delete(re);
}

function start({ capabilities, agent, keys }, ws) {
  can = new Set(capabilities);
  tell("");
  panel.toggleAttribute("no-insert", !can.has("insertText"));
  if (agent) panel.setAttribute("agent", agent);
  if (keys) panel.keys = keys;
  if (can.has("token")) panel.token = token;
  panel.setAttribute("server", ws);
}

function token() {
  return ask({ type: "token" });
}

function on(name, then) {
  panel.addEventListener(`assist-${name}`, then);
}

on("insert", async ({ detail: { suggestion, text, slots } }) => {
  const ok = await ask({ type: "insertText", suggestion, text, slots });
  if (ok) return tell("");
  panel.toggleAttribute("no-insert", true);
  copied(await copy(text), "notInserted");
});
on("rewrite", (event) => {
  const { text, fills } = event.detail;
  const before = panel.draft;
  if (!can.has("replaceText")) event.preventDefault();
  replace({ text, fills, before });
});
on("undo", ({ detail: { text } }) => replace({ text, fills: [] }));
on("copy", async (event) => {
  event.preventDefault();
  copied(await copy(event.detail.text), "");
});
on("show", ({ detail: { turn, spans } }) => can.has("showTurn") && send({ type: "showTurn", turn, spans }));
on("chat", (event) => {
  if (!can.has("openChat")) return;
  event.preventDefault();
  send({ type: "openChat", conversation: event.detail.conversation });
});
on("composer", () => can.has("focusComposer") && send({ type: "focusComposer" }));
// The key that leaves the panel works in the whole frame, also where nothing in it has the focus.
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.key !== panel.keys.away) return;
  event.preventDefault();
  if (can.has("focusComposer")) send({ type: "focusComposer" });
});
on("state", ({ detail }) => send({ type: "state", ...detail }));
on("connection", ({ detail: { status, code } }) => send({ type: "connection", status, code }));
on("keys", ({ detail: { keys } }) => send({ type: "keys", keys }));

async function replace(message) {
  if (can.has("replaceText") && (await ask({ type: "replaceText", ...message }))) return tell("");
  copied(await copy(message.text), "notReplaced");
}

function copied(ok, why) {
  tell(ok ? why : "noCopy");
}

// A frame may often not use the clipboard by itself: then the host does, else the browser's old way.
async function copy(text) {
  if (can.has("copyText")) return ask({ type: "copyText", text });
  if (document.featurePolicy?.allowsFeature("clipboard-write") === false) return copyBySelection(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.className = "copier";
  field.value = text;
  document.body.append(field);
  field.select();
  const ok = document.execCommand("copy");
  field.remove();
  panel.focus();
  return ok;
}

function tell(key, values) {
  notice.textContent = key && say(document.documentElement.lang, key, values);
}
