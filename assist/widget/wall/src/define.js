// The entry: defines <chat-assist-wall>, once.

import { ChatAssistWall } from "./element.js";

if (!customElements.get("chat-assist-wall")) customElements.define("chat-assist-wall", ChatAssistWall);

export { ChatAssistWall };
