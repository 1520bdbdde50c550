// Places in a text. The law: spans come from the wire in Unicode code points, half open; JavaScript
// counts UTF-16 units. Nothing outside this file converts one to the other.

/** @typedef {[number, number]} Span */
/** @typedef {{text: string, marked: boolean}} Piece */

/** Return the words that `span` covers.
 * @param {string} text @param {Span} span */
export function words(text, [start, end]) {
  return [...text].slice(start, end).join("");
}

/** Return `text` in pieces, those under any of `spans` marked; `around` points are kept beside the marks.
 * @param {string} text @param {Span[]} spans @param {number} [around] @returns {Piece[]} */
export function pieces(text, spans, around = Infinity) {
  const points = [...text];
  const marked = points.map((_, place) => spans.some(([start, end]) => start <= place && place < end));
  const from = Math.max(0, marked.indexOf(true) - around);
  const to = Math.min(points.length, marked.lastIndexOf(true) + around);
  const whole = !marked.includes(true);
  /** @type {Piece[]} */
  const found = [];
  points.forEach((point, place) => {
    if (!whole && (place < from || place > to)) return;
    const last = found.at(-1);
    if (last && last.marked === marked[place]) last.text += point;
    else found.push({ text: point, marked: marked[place] });
  });
  if (!whole && from > 0) found[0].text = `…${found[0].text}`;
  if (!whole && to < points.length - 1) found[found.length - 1].text += "…";
  return found;
}
