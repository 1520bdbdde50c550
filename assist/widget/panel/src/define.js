// The entry: defines <chat-assist-panel>, once. The demo's page speaks for the platform over the same Link.

import { ChatAssistPanel } from "./element.js";
import { Link } from "./link.js";

if (!customElements.get("chat-assist-panel")) customElements.define("chat-assist-panel", ChatAssistPanel);

export { ChatAssistPanel, Link };
