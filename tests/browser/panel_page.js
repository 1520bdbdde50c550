// A desk with one composer and the panel beside it. The law: what a test needs is read from the address;
// what the panel tells is kept in `heard`.

import "/panel/chat-assist-panel.js";
import { bindComposer } from "/panel/composer.js";

const asked = new URLSearchParams(location.search);
const panel = document.querySelector("chat-assist-panel");
const reply = document.querySelector("#reply");
const { ws, turns } = await (await fetch("/config.json")).json();

window.heard = [];
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
for (const name of [
  "insert", "copy", "rewrite", "undo", "dismiss", "snooze", "show", "chat", "state", "connection", "keys", "composer", "feedback",
]) {
  panel.addEventListener(`assist-${name}`, ({ detail }) => window.heard.push({ name, ...detail }));
}
document.documentElement.toggleAttribute("data-only", asked.has("only"));
for (const name of ["lang", "dir"]) if (asked.has(name)) document.documentElement[name] = asked.get(name);
for (const name of ["theme", "conversation"]) if (asked.has(name)) panel.setAttribute(name, asked.get(name));

const drafts = {};
function open(conversation) {
  drafts[panel.conversation] = reply.value;
  panel.conversation = conversation;
  panel.turns = turns[conversation] ?? [];
  reply.value = drafts[conversation] ?? "";
  panel.draft = reply.value;
}

panel.clock = () => "2026-03-02T10:40:00Z";
panel.setAttribute("agent", "priya");
panel.chats = asked.has("chats") ? Object.entries({ late: "Hannah", angry: "Tom" }).map(([id, name]) => ({ id, name })) : [];
if (!asked.has("nodraft")) bindComposer(panel, reply);
panel.addEventListener("assist-chat", (event) => {
  event.preventDefault();
  open(event.detail.conversation);
});
if (asked.has("conversation")) panel.turns = turns[asked.get("conversation")] ?? [];
if (!asked.has("quiet")) panel.setAttribute("server", asked.get("server") ?? ws);
window.panel = panel;
window.tell = (turn) => {
  (turns[panel.conversation] ??= []).push(turn);
  panel.turns = turns[panel.conversation];
};
