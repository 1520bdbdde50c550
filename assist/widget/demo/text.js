// Places in a text. The law: spans come from the wire in Unicode code points, half open;
// JavaScript counts UTF-16 units. Nothing outside this file converts one to the other.

/** Return the words that `span` covers. */
export function words(text, [start, end]) {
  return Array.from(text).slice(start, end).join("");
}

/** Return `text` in pieces, `marked` "soft" or "strong" where marks (`{span, strong}`) cover them, else "". */
export function pieces(text, marks) {
  const points = Array.from(text);
  const inside = (place) => Math.max(0, Math.min(points.length, place));
  const edges = new Set([0, points.length]);
  for (const { span } of marks) for (const place of span) edges.add(inside(place));
  const sorted = [...edges].sort((one, other) => one - other);
  const all = sorted.slice(1).map((end, index) => {
    const start = sorted[index];
    const over = marks.filter(({ span }) => span[0] < end && start < span[1]);
    return { text: points.slice(start, end).join(""), marked: kind(over) };
  });
  return all.filter(({ text }) => text).reduce(joined, []);
}

function kind(marks) {
  if (!marks.length) return "";
  return marks.some(({ strong }) => strong) ? "strong" : "soft";
}

function joined(done, piece) {
  const last = done.at(-1);
  if (last?.marked !== piece.marked) return [...done, piece];
  return [...done.slice(0, -1), { ...last, text: last.text + piece.text }];
}
