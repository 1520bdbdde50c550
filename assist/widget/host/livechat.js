// LiveChat's details widget. The law: everything goes by the Agent App SDK, which checks who speaks; it can
// append to the message box and read it, and no more.

import { configured, named, show } from "./adapter.js";

/** Return the desk that a details widget is. */
export function livechatDesk(widget) {
  return {
    draft: true,
    insertText: (text) => widget.putMessage(text).then(() => true),
    watch(panel) {
      widget.on("message_box_text", ({ value }) => panel.draft(value));
      widget.on("change_theme", ({ theme }) => panel.theme(theme));
      widget.on("customer_profile", (profile) => chosen(panel, profile));
      panel.theme(widget.getTheme() ?? "");
      panel.locale(navigator.language);
      chosen(panel, widget.getCustomerProfile());
    },
  };
}

// Archives and the list of customers have no chat that goes on.
function chosen(panel, profile) {
  const { chat, source } = profile ?? {};
  panel.context({ conversation: source === "chats" && chat?.id ? named("livechat", chat.id) : "" });
}

if (window.LiveChat) {
  const [config, widget] = await Promise.all([configured(), LiveChat.createDetailsWidget()]);
  show(livechatDesk(widget), config);
}
