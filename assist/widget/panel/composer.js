// A text field as the composer. The law: the draft that is there is kept; nothing is sent; the page hears an
// `input` event for every change, as if it had been typed. This file is shipped as it is, beside the panel.

/** Let the panel read and write a text field; returns a function that ends it.
 * @param {import("./src/element.js").ChatAssistPanel} panel @param {HTMLTextAreaElement | HTMLInputElement} field */
export function bindComposer(panel, field) {
  const ends = new AbortController();
  const on = (/** @type {EventTarget} */ target, /** @type {string} */ name, /** @type {(event: any) => void} */ then) =>
    target.addEventListener(name, then, { signal: ends.signal });

  function write(/** @type {string} */ text, /** @type {number} */ from, /** @type {number} */ to) {
    field.value = text;
    field.focus();
    field.setSelectionRange(from, to);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  on(panel, "assist-insert", ({ detail: { text, slots } }) => {
    const before = field.value.slice(0, field.selectionStart ?? field.value.length);
    const after = field.value.slice(field.selectionEnd ?? field.value.length);
    const lead = before && !/\s$/.test(before) ? `${before} ` : before;
    const tail = after && !/^\s/.test(after) ? ` ${after}` : after;
    const [from, to] = slots.length ? units(text, slots[0].span) : [text.length, text.length];
    write(lead + text + tail, lead.length + from, lead.length + to);
  });
  on(panel, "assist-rewrite", ({ detail: { text, fills } }) => {
    const [from, to] = fills.length ? units(text, fills[0].span) : [text.length, text.length];
    write(text, from, to);
  });
  on(panel, "assist-undo", ({ detail: { text } }) => write(text, text.length, text.length));
  on(panel, "assist-composer", () => field.focus());
  on(field, "input", () => (panel.draft = field.value));
  on(field, "keydown", (event) => {
    if (pressed(event) !== panel.keys.away) return;
    event.preventDefault();
    panel.focus();
  });
  panel.draft = field.value;
  return () => ends.abort();
}

// Spans of the wire count code points, a text field UTF-16 units.
/** @param {string} text @param {[number, number]} span */
function units(text, [start, end]) {
  const length = (/** @type {number} */ upTo) => [...text].slice(0, upTo).join("").length;
  return [length(start), length(end)];
}

/** @param {KeyboardEvent} event */
function pressed({ key, altKey, ctrlKey, metaKey, shiftKey }) {
  const shift = shiftKey && key.length > 1 ? "Shift+" : "";
  return `${ctrlKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${metaKey ? "Meta+" : ""}${shift}${key}`;
}
