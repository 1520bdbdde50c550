// Chatwoot's dashboard app: a tab beside the chat. The law: it is told of the chat only when it asks, and who
// tells is checked; Chatwoot gives no proof of who the agent is, so that is the token's business.

import { complain, configured, named, show } from "./adapter.js";
import { isAmong } from "./port.js";

const ASK = "chatwoot-dashboard-app:fetch-info";
const AGAIN = 5000;
const ROLES = ["customer", "agent", "system", "system"];
const config = await configured();
const around = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
let panel = null;
let shown = "";

/** Return the turns of a chat as Chatwoot's store holds them; what the customer does not see is left out. */
export function turnsOf(messages) {
  return messages
    .filter(({ content, private: whispered }) => content && !whispered)
    .map(({ id, message_type: type, content, created_at: at, sender }) => ({
      id: String(id),
      role: type === 1 && sender?.type === "agent_bot" ? "bot" : (ROLES[type] ?? "system"),
      text: content,
      ...(Number.isFinite(at) && { at: new Date(at * 1000).toISOString() }),
    }));
}

function told({ conversation, currentAgent }) {
  panel ??= show({ agent: String(currentAgent?.id ?? "") || undefined }, config);
  const turns = turnsOf(conversation?.messages ?? []);
  const id = conversation?.id ? named("chatwoot", conversation.id, conversation.account_id) : "";
  if (id === shown) return panel.turns(turns);
  shown = id;
  panel.context({ conversation: id, turns });
}

function read(data) {
  try {
    const { event, data: context } = JSON.parse(data);
    return event === "appContext" && context;
  } catch {
    return null; // other scripts speak here too
  }
}

function ask() {
  if (document.visibilityState === "visible") parent.postMessage(ASK, around);
}

if (around && isAmong(around, [location.origin, ...config.hosts])) {
  addEventListener("message", ({ source, origin, data }) => {
    const context = source === parent && origin === around && read(data);
    if (context) told(context);
  });
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, AGAIN);
  ask();
} else {
  complain("stranger", { origin: around || "?" });
}
