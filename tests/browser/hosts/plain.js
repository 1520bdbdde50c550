// A desk with one text field, as an integrator would write it after docs/howto/embed.md.
import { open } from "HOME/host/host.js";
import { fieldDesk } from "HOME/host/plain.js";

const asked = new URLSearchParams(location.search);
window.told = [];
const keep = (name) => (...given) => void window.told.push([name, ...given]);
const desk = fieldDesk(document.querySelector("#reply"), {
  agent: "priya",
  token: () => (window.tokens = (window.tokens ?? 0) + 1) && `token-${window.tokens}`,
  showTurn: keep("showTurn"),
  openChat: keep("openChat"),
  state: keep("state"),
  connection: keep("connection"),
  error: keep("error"),
  ...(asked.has("closed") && { insertText: () => false }),
});
if (asked.has("reader")) for (const name of ["insertText", "replaceText", "focusComposer", "draft"]) delete desk[name];
const turns = [
  { id: "late-1", role: "customer", text: "hi me again 👋 order 48213 was meant to be here THURSDAY" },
  { id: "late-4", role: "customer", text: "its for my sons party and thats tomorrow" },
];
window.panel = open(document.querySelector("#place"), desk);
panel.locale(asked.get("lang") ?? "en");
panel.context({ conversation: "late", turns });
document.querySelector("iframe").style.cssText = "width: 320px; height: 700px; border: 0";
