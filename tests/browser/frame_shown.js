// In the frame: what of its host's messages the panel shows or holds, and how many elements are none of ours.
async () => {
  await 0;
  const panel = document.querySelector("chat-assist-panel");
  const all = (query) => [...panel.root.querySelectorAll(query)].map((one) => one.textContent);
  const foreign = "img, script:not([src]), iframe, a, style, object, embed, form, video, math, b";
  return {
    names: all("[role=tab] span[dir]"),
    keys: all(".key").slice(7, 10),
    turns: panel.turns.map(({ text }) => text),
    draft: panel.draft,
    lang: panel.lang,
    foreign: document.querySelectorAll(foreign).length + panel.root.querySelectorAll(foreign).length,
  };
}
