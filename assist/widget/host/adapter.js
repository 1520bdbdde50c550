// What the pages that a helpdesk frames have in common. The law: such a page is of our own address, speaks
// with its helpdesk by that helpdesk's own means, and with the sidebar by the port alone.

import { open } from "./host.js";
import { fetchToken } from "./plain.js";
import { languageOf, say } from "./words.js";

/** Return what the service says of itself: `{ws, hosts, token}`. */
export async function configured() {
  return (await fetch(new URL("config.json", import.meta.url))).json();
}

/** Put the sidebar into the page, with `desk` and, where the service names a page for them, tokens. */
export function show(desk, { token }) {
  const place = document.querySelector("main");
  return open(place, { ...(token && { token: () => fetchToken(token) }), ...desk });
}

/** Return the conversation's id, as its connector calls it; the account is said in the page's address. */
export function named(platform, conversation, account = new URLSearchParams(location.search).get("account") ?? "") {
  return `${platform}:${account}:${conversation}`;
}

/** Say in the page, in words, that it cannot work here. */
export function complain(key, values) {
  const notice = document.querySelector("#notice");
  notice.lang = languageOf(navigator.language);
  notice.textContent = say(notice.lang, key, values);
}
