// The shortcuts. The law: single keys work only while the focus is in the panel and in no text field;
// every one can be given another key; the host keeps what was chosen.

/** @typedef {"away" | "next" | "previous" | "first" | "last" | "right" | "left" | "back" | "dismiss"
 *   | "why" | "copy" | "edit" | "snooze" | "undo" | "help"} Act */
/** @typedef {Record<Act, string>} Keys */

/** @type {Keys} */
export const KEYS = {
  away: "F6",
  next: "ArrowDown",
  previous: "ArrowUp",
  right: "ArrowRight",
  left: "ArrowLeft",
  first: "Home",
  last: "End",
  copy: "c",
  edit: "e",
  why: "w",
  snooze: "s",
  dismiss: "Delete",
  undo: "u",
  back: "Escape",
  help: "?",
};

/** Return a key press by its name, such as `Alt+n` or `F6`; nothing for a modifier alone.
 * @param {KeyboardEvent} event */
export function pressed({ key, altKey, ctrlKey, metaKey, shiftKey }) {
  if (/^(Shift|Control|Alt|Meta|CapsLock)/.test(key)) return "";
  const shift = shiftKey && key.length > 1 ? "Shift+" : "";
  return `${ctrlKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${metaKey ? "Meta+" : ""}${shift}${key}`;
}

/** Return what a key press asks for; in a text field only what no letter can mean.
 * @param {KeyboardEvent} event @param {Keys} keys @param {boolean} inField
 * @returns {Act | undefined} */
export function actFor(event, keys, inField) {
  const name = pressed(event);
  if (!name || event.isComposing) return undefined;
  const acts = /** @type {Act[]} */ (Object.keys(keys));
  const act = acts.find((one) => keys[one] === name);
  return inField && act !== "away" && act !== "back" ? undefined : act;
}

/** Return `keys` with `act` on another key; whoever had that key gets the old one.
 * @param {Keys} keys @param {Act} act @param {string} key @returns {Keys} */
export function rebound(keys, act, key) {
  const acts = /** @type {Act[]} */ (Object.keys(keys));
  const holder = acts.find((one) => keys[one] === key);
  return { ...keys, ...(holder && { [holder]: keys[act] }), [act]: key };
}
