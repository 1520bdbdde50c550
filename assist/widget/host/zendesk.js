// Zendesk's ticket sidebar. The law: everything goes by the ZAF client; one ticket, one page.

import { configured, named, show } from "./adapter.js";
import { wordsOf } from "./rich.js";

const RICH = /^\s*<(p|div|br|ul|ol|span|strong|em|a)[\s/>]/i;

// A rich comment is given as HTML, a plain one as it is; which of them is not said.
function draftOf(comment) {
  const given = String(comment ?? "");
  return RICH.test(given) ? wordsOf(given) : given;
}

/** Return the desk that a ZAF client is. */
export function zendeskDesk(client, agent) {
  const done = (promise) => promise.then(() => true, () => false);
  const get = async (name) => (await client.get(name))[name];

  return {
    agent,
    draft: true,
    // In an older ticket page there is no editor to insert at.
    insertText: async (text) =>
      (await done(client.invoke("ticket.editor.insert", text))) || done(client.invoke("ticket.comment.appendText", text)),
    replaceText: (text) => done(client.set("comment.text", text)),
    watch(panel) {
      const drafted = async () => panel.draft(draftOf(await get("comment.text")));
      client.on("comment.text.changed", drafted);
      client.on("colorScheme.changed", (scheme) => panel.theme(scheme));
      get("colorScheme").then((scheme) => panel.theme(scheme === "dark" ? "dark" : "light"), () => panel.theme(""));
      drafted().catch(() => panel.draft(""));
    },
  };
}

async function begin(client) {
  const [config, { "ticket.id": ticket, currentUser }] = await Promise.all([
    configured(),
    client.get(["ticket.id", "currentUser"]),
  ]);
  const panel = show(zendeskDesk(client, String(currentUser.id)), config);
  panel.locale(currentUser.locale ?? "en");
  panel.context({ conversation: named("zendesk", ticket) });
  client.invoke("resize", { width: "100%", height: "640px" });
}

if (window.ZAFClient) begin(ZAFClient.init());
