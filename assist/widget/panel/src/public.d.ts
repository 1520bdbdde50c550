// What a page, a host or a test may call by its name: these names are kept in the built file.

import type { ChatAssistPanel } from "./element.js";

type Attributes = "server" | "agent" | "conversation";
type Properties = "token" | "keys" | "clock" | "chats" | "turns" | "draft" | "focus";
/** Of the keys, and of the details of events. */
type Names =
  | "away" | "next" | "previous" | "right" | "left" | "first" | "last" | "copy" | "edit" | "why" | "snooze" | "dismiss"
  | "undo" | "back" | "help"
  | "suggestion" | "text" | "slots" | "rule" | "edits" | "fills" | "reason" | "technique" | "spans" | "level" | "score"
  | "trend" | "status" | "code" | "useful" | "id" | "name" | "span";
/** Of the link that the demo's page opens too. */
type Links = "ask" | "send" | "ready" | "heard" | "changed" | "url" | "role";
/** What the tests reach into. */
type Inside = "state" | "root" | "tell" | "chat" | "open" | "view" | "now" | "redraw" | "card" | "reasons" | "because" | "steps" | "held" | "line" | "revision" | "type" | "words" | "names" | "order" | "chats" | "asked" | "calls" | "editing" | "kept" | "record" | "title" | "unseen";
export type Public = Pick<ChatAssistPanel, (Attributes | Properties) & keyof ChatAssistPanel> & Record<Names | Links | Inside, unknown>;
