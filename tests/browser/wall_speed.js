// Tells so many changes, each of one chat; gives how long each took to draw once its frame had come.
async ([from, count, chats]) => {
  const wall = document.querySelector("chat-assist-wall"), took = [];
  for (let n = from; n < from + count; n += 1) {
    let start = 0;
    requestAnimationFrame(() => { start = performance.now(); });
    wall.tell({
      type: "escalation", conversation: `chat-${String(n % chats).padStart(3, "0")}`, trend: "rising", score: 0.5,
      level: ["watch", "high", "critical"][n % 3], reasons: [{ text: `r${n}`, weight: 0.1 }],
      position: { epoch: "e1", offset: 1000 + n },
    });
    await new Promise(requestAnimationFrame);
    wall.offsetHeight;
    took.push(performance.now() - start);
  }
  return took;
}
