// Tells so many events, each drawn by itself; gives how long each took and what is kept afterwards.
async ([from, count]) => {
  const took = [];
  for (let n = from; n < from + count; n += 1) {
    const place = { conversation: "late", turn: `n${n}`, position: { epoch: "e1", offset: 10 + n } };
    const kinds = [
      { type: "reading", sentiment: { score: Math.sin(n), label: "neutral" }, emotions: [], causes: [], risks: [] },
      { type: "escalation", level: n % 2 ? "watch" : "high", score: (n % 100) / 100, trend: "rising",
        reasons: [{ text: `reason ${n}`, weight: 0.2, evidence: [] }] },
      { type: "suggestion", suggestion: { id: `c${n}`, technique: "empathy", rule: "x", kind: "reply", lines: [`line ${n}`],
        slots: [], why: "w", evidence: [], priority: n % 100, expires_after_turn: 1 } },
      { type: "retract", suggestion: `c${n - 1}`, reason: "moved-on" },
    ];
    const start = performance.now();
    panel.tell({ ...kinds[n % 4], ...place });
    await new Promise((drawn) => queueMicrotask(() => queueMicrotask(drawn)));
    panel.offsetHeight;
    took.push(performance.now() - start);
    if (n % 50 === 0) await new Promise((done) => setTimeout(done, 0));
  }
  return { took, nodes: panel.root.querySelectorAll("*").length, state: JSON.stringify(panel.state).length };
}
