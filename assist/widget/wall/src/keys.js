// The keys of the wall. The law: they work only while the focus is on it; none of them is a letter.

const ACTS = new Map([
  ["ArrowDown", "next"], ["ArrowUp", "previous"], ["ArrowRight", "right"], ["ArrowLeft", "left"], ["Home", "first"],
  ["End", "last"], ["Escape", "back"],
]);

/** Return what a key press asks for, or nothing.
 * @param {KeyboardEvent} event */
export function actOf({ key, altKey, ctrlKey, metaKey }) {
  return altKey || ctrlKey || metaKey ? undefined : ACTS.get(key);
}
