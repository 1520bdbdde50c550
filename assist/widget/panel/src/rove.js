// One tab stop. The law: of all that can be pressed in the panel exactly one is in the tab order; arrows go
// from part to part and, along the line, from button to button; the focus is never lost to a redraw.

const PRESSABLE = "button:not(:disabled), textarea";

/** An element that draws into its shadow root.
 * @typedef {{root: ShadowRoot, style: CSSStyleDeclaration}} Drawn */

/** Return the part that an element stands in.
 * @param {Element | null | undefined} element @returns {HTMLElement | null} */
export function groupOf(element) {
  return element?.closest("[data-group]") ?? null;
}

export class Rove {
  /** @type {Drawn} */ #panel;
  /** @type {Element | null} */ #at = null;
  #group = "";
  #held = false;
  drawing = false;

  /** @param {Drawn} panel */
  constructor(panel) {
    this.#panel = panel;
  }

  focus() {
    this.#stop()?.focus();
  }

  /** Remember where the focus is.
   * @param {Element} element */
  keep(element) {
    this.#at = element;
    this.#group = groupOf(element)?.dataset.group ?? "";
    this.#mark();
  }

  before() {
    this.drawing = true;
    this.#held = Boolean(this.#panel.root.activeElement);
  }

  after() {
    this.#mark();
    const at = /** @type {HTMLElement | null} */ (this.#panel.root.activeElement);
    // The part under the focus became another one: a key pressed now must not mean that one.
    if (at && groupOf(at)?.dataset.group !== this.#group) at.blur();
    this.drawing = false;
    if (this.#held && !at) this.#stop()?.focus();
    const dock = /** @type {HTMLElement | null} */ (this.#panel.root.querySelector(".dock"));
    this.#panel.style.scrollPaddingBlockEnd = dock ? `${dock.offsetHeight + 8}px` : "";
  }

  /** @param {string} act @param {boolean} rightToLeft */
  move(act, rightToLeft) {
    const at = this.#panel.root.activeElement;
    const groups = this.#groups();
    const here = groups.findIndex((group) => at && group.contains(at));
    const along = { right: rightToLeft ? -1 : 1, left: rightToLeft ? 1 : -1 }[act];
    if (along && here >= 0) {
      const all = within(groups[here]);
      const place = all.indexOf(/** @type {HTMLElement} */ (at)) + along;
      all[Math.max(0, Math.min(all.length - 1, place))]?.focus();
      return true;
    }
    const ends = { first: 0, last: groups.length - 1, next: here + 1, previous: here - 1 }[act] ?? here;
    const group = groups[Math.max(0, Math.min(groups.length - 1, ends))];
    if (group && group !== groups[here]) within(group)[0]?.focus();
    return true;
  }

  #groups() {
    const all = /** @type {HTMLElement[]} */ ([...this.#panel.root.querySelectorAll("[data-group]")]);
    return all.filter((group) => within(group).length);
  }

  // Where the tab key leads: where the focus was, else the same part, else the first card, else anything.
  #stop() {
    const groups = this.#groups();
    const kept = groups.flatMap(within).find((one) => one === this.#at);
    const same = groups.find(({ dataset }) => dataset.group === this.#group);
    const card = groups.find(({ dataset }) => dataset.card);
    const group = same ?? card ?? groups[0];
    return kept ?? (group && within(group)[0]);
  }

  #mark() {
    const stop = this.#stop();
    for (const one of this.#panel.root.querySelectorAll("button, textarea")) {
      /** @type {HTMLElement} */ (one).tabIndex = one === stop ? 0 : -1;
    }
  }
}

/** @param {HTMLElement} group @returns {HTMLElement[]} */
function within(group) {
  const all = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(PRESSABLE)]);
  return all.filter((one) => !one.closest("[inert]"));
}
