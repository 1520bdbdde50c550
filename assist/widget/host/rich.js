// The words of a draft that a helpdesk gives as HTML. The law: nothing of it becomes markup here; tags are
// taken out of the text, and a line that ends stays a line.

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };

/** Return the words of HTML. */
export function wordsOf(html) {
  const lines = html.replace(/<br\s*\/?>|<\/(p|div|li)>\s*(?=<)/gi, "\n").replace(/<[^>]*>/g, "");
  return lines.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name) => NAMED[name]).trimEnd();
}
