// A desk of one's own: a text field is the composer. The law: the draft that is there is kept; every change
// is an `input` event, as if it had been typed; nothing is sent.

import { units } from "./port.js";

/** Return a desk whose composer is a textarea or input; `more` adds to it or takes the place of what it has. */
export function fieldDesk(field, more = {}) {
  function write(text, [from, to]) {
    field.value = text;
    field.focus();
    field.setSelectionRange(from, to);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return {
    draft: true,
    insertText(text, slots) {
      const before = field.value.slice(0, field.selectionStart ?? field.value.length);
      const after = field.value.slice(field.selectionEnd ?? field.value.length);
      const lead = before && !/\s$/.test(before) ? `${before} ` : before;
      const tail = after && !/^\s/.test(after) ? ` ${after}` : after;
      write(lead + text + tail, selected(text, slots).map((place) => place + lead.length));
    },
    replaceText: (text, fills) => write(text, selected(text, fills)),
    focusComposer: () => field.focus(),
    watch(panel) {
      const ends = new AbortController();
      field.addEventListener("input", () => panel.draft(field.value), { signal: ends.signal });
      field.addEventListener("keydown", (event) => away(event, panel), { signal: ends.signal });
      panel.draft(field.value);
      return () => ends.abort();
    },
    ...more,
  };
}

/** Go from the composer to the panel with F6, as the panel goes back. */
export function away(event, panel) {
  if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  panel.focus();
}

/** Return what to select in a text: its first open slot, else its end. */
export function selected(text, slots) {
  return slots.length ? units(text, slots[0].span) : [text.length, text.length];
}

/** Fetch a token from the host's own server; undefined where it gives none. */
export async function fetchToken(address) {
  const answer = await fetch(address, { credentials: "include", cache: "no-store" });
  return answer.ok ? (await answer.text()).trim() || undefined : undefined;
}
