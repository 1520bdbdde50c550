// The entry: defines <chat-assist-panel>, once.

import { ChatAssistPanel } from "./element.js";

if (!customElements.get("chat-assist-panel")) customElements.define("chat-assist-panel", ChatAssistPanel);

export { ChatAssistPanel };
