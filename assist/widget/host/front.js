// Front's sidebar plugin. The law: everything goes by the Plugin SDK; of a draft only what the agent has
// opened is read, and a new one is made only where there is none.

import { configured, named, show } from "./adapter.js";
import { wordsOf } from "./rich.js";

const LOOK = 1500;

/** Return the desk that the Plugin SDK is. */
export function frontDesk(front) {
  let context = null;
  let draftId;

  async function words() {
    const { type, body = "" } = (draftId && (await context.fetchDraft(draftId)))?.content ?? {};
    return type === "html" ? wordsOf(body) : body;
  }

  async function put(updateMode, body) {
    const content = { body, type: "text" };
    if (draftId) return context.updateDraft(draftId, { updateMode, content });
    const { results } = await context.listMessages();
    const last = results.at(-1);
    const reply = last && { replyOptions: { type: "reply", originalMessageId: last.id } };
    draftId = (await context.createDraft({ content, ...reply })).id;
  }

  return {
    draft: true,
    insertText: (text) => (context ? put("insert", text) : false),
    replaceText: (text) => (context && draftId ? put("replace", text) : false),
    watch(panel) {
      let shown = null;
      panel.locale(navigator.language);
      const look = async () => {
        if (context && document.visibilityState === "visible") panel.draft(await words());
      };
      const timer = setInterval(() => look().catch(() => {}), LOOK);
      const updates = front.contextUpdates.subscribe((now) => {
        const single = now.type === "singleConversation";
        [context, draftId] = single ? [now, now.conversation.draftId] : [null, undefined];
        const conversation = single ? named("front", now.conversation.id) : "";
        if (conversation !== shown) panel.context({ conversation });
        shown = conversation;
        look().catch(() => {});
      });
      return () => {
        clearInterval(timer);
        updates.unsubscribe();
      };
    },
  };
}

if (window.Front) show(frontDesk(Front), await configured());
