// When the screen may change. The law: nothing moves under the pointer or the focus, or while the agent
// types; only a call upwards may come while they type. Pure: the element says what the hands are doing.

/** What the hands are doing: `typing` until a rest of 1.5 s, `writing` until one of 0.6 s, the pointer
 * `over` the advice or `inside` the panel, the focus `within` the panel.
 * @typedef {{typing: boolean, writing: boolean, over: boolean, inside: boolean, within: boolean}} Hands */
/** @typedef {import("./wire").Suggestion} Suggestion */

/** @type {Hands} */
export const AT_REST = { typing: false, writing: false, over: false, inside: false, within: false };

/** Return why the advice stands still, or nothing where it may change.
 * @param {Hands} hands @param {Suggestion[]} placed @param {Suggestion[]} wanted
 * @returns {"" | "typing" | "over" | "within"} */
export function heldBy(hands, placed, wanted) {
  if (hands.over) return "over";
  if (hands.within) return "within";
  const calls = wanted.some((one) => one.kind === "alert" && !placed.some(({ id }) => id === one.id));
  return hands.typing && !calls ? "typing" : "";
}

/** Tell whether the check of the draft may change its size.
 * @param {Hands} hands */
export function mayGrow({ writing, inside, within }) {
  return !writing && !inside && !within;
}
