// Chatwoot's own page, with the sidebar docked to its right: for the setting DASHBOARD_SCRIPTS, as
// <script type="module" src="https://assist.example/host/chatwoot-script.js"></script>. The law: it reads the
// address and the reply box, and writes into the reply box alone; it sends nothing and clicks nothing.

import { editorDesk } from "./editor.js";
import { open } from "./host.js";
import { fetchToken } from "./plain.js";

const WIDTH = "320px";
const CHAT = /\/accounts\/(\d+)\/(?:.*\/)?conversations\/(\d+)/;
const NOTE = ".reply-box.is-private, .is-private .ProseMirror";
const own = new URL(import.meta.url);
const page = document.documentElement;

/** Return the conversation's id for an address of the dashboard, or "". */
export function conversationAt(path) {
  const found = CHAT.exec(path);
  return found ? `chatwoot:${found[1]}:${found[2]}` : "";
}

// A note to colleagues is no reply: there, nothing is read and nothing is put in.
function composer() {
  if (document.querySelector(NOTE)) return null;
  return document.querySelector(".reply-box .ProseMirror, .ProseMirror[contenteditable=true]");
}

function dock() {
  const place = document.createElement("aside");
  Object.assign(place.style, { position: "fixed", inset: "0 0 0 auto", width: WIDTH, zIndex: "40" });
  document.body.append(place);
  return place;
}

function fill(place) {
  const frame = place.querySelector("iframe");
  Object.assign(frame.style, { width: "100%", height: "100%", border: "0", borderLeft: "1px solid rgb(128 128 128 / 30%)" });
}

async function begin() {
  const { token } = await (await fetch(new URL("config.json", own))).json();
  const desk = editorDesk(composer, token ? { token: () => fetchToken(new URL(token, own)) } : {});
  const place = dock();
  const panel = open(place, desk);
  fill(place);
  let shown = null;
  let colours = null;

  function look() {
    const conversation = conversationAt(location.pathname);
    const dark = document.body.classList.contains("dark") || page.classList.contains("dark");
    if (dark !== colours) panel.theme((colours = dark) ? "dark" : "light");
    if (conversation === shown) return;
    shown = conversation;
    place.hidden = !conversation;
    document.body.style.paddingInlineEnd = conversation ? WIDTH : "";
    panel.context({ conversation });
  }

  panel.locale(page.lang || navigator.language, page.dir || undefined);
  new MutationObserver(look).observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  addEventListener("popstate", look);
  look();
}

begin();
