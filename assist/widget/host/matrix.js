// A widget in a Matrix client. The law: it hears only the window around it, from an origin that the service
// names; the room comes from the page's address, which the client fills in. Who the agent is, their homeserver
// says: an OpenID token goes to our own service, which asks the homeserver and answers with a token of ours.

import { complain, configured, named, show } from "./adapter.js";
import { isAmong } from "./port.js";

const TOKENS = new URL("../matrix/token", import.meta.url);
const PATIENCE = 120_000; // the client may ask its user first
const VERSIONS = ["0.0.1", "0.0.2"];

/** The client's side of the widget API: what it asks is answered, what we ask is awaited. */
export class Client {
  #origin;
  #widget;
  #asked = new Map();
  #count = 0;

  /** @param origin the client's @param widget the id that it knows this page by @param heard told of its actions */
  constructor(origin, widget, heard) {
    this.#origin = origin;
    this.#widget = widget;
    addEventListener("message", ({ data, source, origin }) => {
      if (source !== parent || origin !== this.#origin || !data || data.widgetId !== widget) return;
      if (data.api === "toWidget") this.#answer(data, heard);
      else if (data.api === "fromWidget" && data.response) this.#told(data.requestId, data.response);
    });
  }

  /** Say that the page is there. */
  loaded() {
    this.#ask("content_loaded", {});
  }

  /** Return an OpenID token, or undefined where the client or its user gives none. */
  async openid() {
    const answer = await this.#ask("get_openid", {});
    return answer?.state === "allowed" ? answer.access_token : undefined;
  }

  #ask(action, data) {
    this.#count += 1;
    const requestId = `assist-${this.#count}`;
    return new Promise((done) => {
      this.#asked.set(requestId, done);
      setTimeout(() => this.#told(requestId, {}), PATIENCE);
      parent.postMessage({ api: "fromWidget", widgetId: this.#widget, requestId, action, data }, this.#origin);
    });
  }

  // "request": the client asks its user, and tells by `openid_credentials` later.
  #told(id, response) {
    if (response?.state === "request") return;
    this.#asked.get(id)?.(response);
    this.#asked.delete(id);
  }

  #answer(message, heard) {
    const response = { capabilities: { capabilities: [] }, supported_api_versions: { supported_versions: VERSIONS } }[message.action] ?? {};
    parent.postMessage({ ...message, response }, this.#origin);
    if (message.action === "openid_credentials") this.#told(message.data?.original_request_id, message.data);
    else heard(message.action, message.data ?? {});
  }
}

/** Return the desk that a widget is: `ask` gives an OpenID token. A client lets nobody into its composer. */
export function matrixDesk(ask, room, account, agent) {
  return {
    ...(agent && { agent }),
    async token() {
      const access_token = await ask();
      const headers = { "content-type": "application/json" };
      const answer = await fetch(TOKENS, { method: "POST", headers, body: JSON.stringify({ access_token }) });
      return answer.ok ? answer.text() : undefined;
    },
    watch(panel) {
      panel.locale(navigator.language);
      panel.context({ conversation: room && named("matrix", room, account) });
    },
  };
}

function origin(address) {
  try {
    return new URL(address).origin;
  } catch {
    return "";
  }
}

if (parent !== window) {
  const asked = new URLSearchParams(location.search);
  const home = origin(asked.get("parentUrl") ?? document.referrer);
  const config = await configured();
  if (isAmong(home, [location.origin, ...config.hosts])) {
    let panel;
    const client = new Client(home, asked.get("widgetId") ?? "", (action, { name }) => {
      if (action === "theme_change") panel?.theme(String(name).includes("dark") ? "dark" : "light");
    });
    const desk = matrixDesk(() => client.openid(), asked.get("room") ?? "", asked.get("account") ?? "homeserver", asked.get("user"));
    panel = show(desk, config);
    client.loaded();
  } else {
    complain("stranger", { origin: home });
  }
}
