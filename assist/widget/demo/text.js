// Places in a text. The law: spans come from the wire in Unicode code points, half open;
// JavaScript counts UTF-16 units. Nothing outside this file converts one to the other.

/** Return the words that `span` covers. */
export function words(text, [start, end]) {
  return Array.from(text).slice(start, end).join("");
}

/** Return `span` in UTF-16 units, as a textarea's selection wants it. */
export function units(text, [start, end]) {
  const points = Array.from(text);
  const length = (upTo) => points.slice(0, upTo).join("").length;
  return [length(start), length(end)];
}

/** Return `text` in pieces, each with the marks (`{span, …}`) that cover it. */
export function pieces(text, marks) {
  const points = Array.from(text);
  const inside = (place) => Math.max(0, Math.min(points.length, place));
  const edges = new Set([0, points.length]);
  for (const { span } of marks) for (const place of span) edges.add(inside(place));
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index];
    const over = marks.filter(({ span }) => span[0] < end && start < span[1]);
    return { text: points.slice(start, end).join(""), marks: over };
  });
}
