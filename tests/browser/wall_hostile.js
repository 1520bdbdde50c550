// Every text of every message to a supervisor is the payload; what is shown is compared with it.
async ([payloads]) => {
  const wall = document.querySelector("chat-assist-wall");
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  const wrong = [];
  let foreign = 0;
  let offset = 10;
  for (const payload of payloads) {
    const reasons = [{ text: payload, weight: 0.6, evidence: [{ turn: payload, span: [0, 1], cue: payload, source: payload }] }];
    const at = () => ({ conversation: payload, turn: payload, position: { epoch: payload, offset: (offset += 1) } });
    const level = { level: "critical", score: 0.9, trend: "rising", reasons };
    const record = { problem: payload, causes: [payload], offered: [payload], agreed: [payload], open: [payload], feeling: [], coverage: [] };
    wall.tell({ type: "snapshot", ...at(), escalation: level, suggestions: [], ledger: [], coverage: [], turns: 1, customer: payload,
      alerts: [{ id: payload, level: "high", reasons: [{ text: `${payload} `, weight: 0.1 }], turn: payload }] });
    wall.tell({ type: "escalation", ...at(), ...level });
    wall.tell({ type: "alert", ...at(), alert: payload, level: "high", reasons: [{ text: `${payload} `, weight: 0.1 }], summary: record });
    wall.tell({ type: "here.error", words: payload });
    wall.open(payload);
    wall.tell({ type: "summary", re: "1", ...at(), ...record });
    wall.tell({ type: "here.now" });
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done, 0));
    const { root } = wall;
    const text = (query) => root.querySelector(query)?.textContent.trim() ?? null;
    const shown = [".chat h2 bdi", ".chat h2 .id", ".reason", ".record h2 bdi", ".record .reasons span[dir]", ".record .soft + .reasons span[dir]"].map((query) => [query, text(query)]);
    shown.push(["error", text(".error p")?.replace("The service could not do that: ", "").trim()]);
    const lines = [...root.querySelectorAll(".record dd")].filter((_, place) => place !== 1);
    if (lines.length !== 4) wrong.push([payload.slice(0, 60), "lines", lines.length]);
    shown.push(...lines.map((one) => ["record", one.textContent.trim()]));
    for (const [place, words] of shown) if (words !== payload.trim()) wrong.push([payload.slice(0, 60), place, String(words).slice(0, 80)]);
    foreign += root.querySelectorAll("script, img, iframe, a, video, select, object, embed, form, style, link, meta, math, b, template").length;
    wall.open("");
    wall.tell({ type: "here.error", words: "" });
    wall.tell({ type: "acknowledged", ...at(), alert: payload });
    wall.tell({ type: "escalation", ...at(), ...level, level: "calm" });
  }
  return { wrong, foreign, violations, hurt: window.hurt ?? null };
}
