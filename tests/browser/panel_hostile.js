// Every text of every message, and of the page, is the payload; what is shown is compared with it.
async ([payload]) => {
  const at = (number) => ({ conversation: "x", turn: "t", position: { epoch: "e", offset: number } });
  const chat = "x" + Math.random();
  panel.setAttribute("conversation", chat);
  panel.chats = [{ id: chat, name: payload }, { id: "other", name: payload }];
  const length = Math.max(1, [...payload].length);
  const words = [{ turn: payload, span: [0, length], cue: payload, source: payload }];
  panel.turns = [{ id: payload, role: "customer", text: payload }];
  const told = (message) => panel.tell({ ...message, conversation: chat });
  const level = { level: "high", score: 0.6, trend: "rising", reasons: [{ text: payload, weight: 0.6, evidence: words }] };
  const card = (id, kind) => ({ id: id + payload, technique: payload, rule: payload, kind, lines: [payload, payload],
    slots: [{ name: payload, line: 0, span: [0, 1] }], why: payload, evidence: words, priority: 9, expires_after_turn: 1 });
  const entry = { id: payload, kind: "promise", owner: "agent", what: payload, who: payload, state: "open", due: payload,
    evidence: words };
  told({ type: "snapshot", position: { epoch: "e", offset: 1 }, escalation: level, suggestions: [card("a", "reply"), card("b", "nudge")],
    ledger: [entry], coverage: [{ technique: payload, turns: [payload] }], turns: 1 });
  told({ type: "reading", turn: payload, position: { epoch: "e", offset: 2 }, sentiment: { score: -0.9, label: "negative" },
    emotions: [{ name: payload, score: 1 }], causes: [{ name: payload, score: 1, evidence: words }], risks: [] });
  panel.draft = payload;
  told({ type: "review", revision: panel.chat.draft.revision, findings: [{ technique: payload, rule: payload, span: [0, length],
    message: payload, why: payload, rewrites: [{ text: payload, edits: [], fills: [{ name: payload, span: [0, 1] }] }] }],
    tension: { before: 0.1, after: 0.2 } });
  panel.tell({ type: "here.now" });
  panel.tell({ type: "here.error", words: payload });
  panel.open({ why: "a" + payload, card: "b" + payload, reasons: true, because: true, steps: true });
  await new Promise((done) => setTimeout(done, 0));
  const root = panel.root;
  const text = (query) => root.querySelector(query)?.textContent.trim() ?? null;
  const shown = [".level .reason", ".reasons span:nth-of-type(2)", ".card .wording", ".because p", ".because .quote", ".finding q",
    ".finding .wording", ".finding .because", ".ledger .line, .ledger li > div > span", ".movers li span:last-child", "[role=tab] span"]
    .map((query) => [query, text(query)]);
  shown.push(["error", text(".error p").replace("The service could not do that: ", "")]);
  panel.open({ editing: "a" + payload });
  panel.view("");
  await new Promise((done) => setTimeout(done, 0));
  shown.push(["textarea", root.querySelector("textarea")?.value.trim() ?? null]);
  told({ type: "held-back", re: "1", position: { epoch: "e", offset: 2 }, snoozed: [payload],
    moments: [{ turn: payload, shown: payload, held: [{ technique: payload, rule: payload, turn: payload, reason: "unsure" },
      { technique: "thank", rule: payload, turn: payload, reason: payload }] }] });
  panel.open({ kept: true });
  await new Promise((done) => setTimeout(done, 0));
  const held = root.querySelectorAll("[data-group=kept] li").length;
  const record = ["problem", "cause", "feeling", "offered", "agreed", "open", "closed"].map((part) => ({ part, text: payload, evidence: words }));
  told({ type: "summary", position: { epoch: "e", offset: 3 }, record, problem: payload, causes: [payload], offered: [payload],
    agreed: [payload], open: [payload], feeling: [], coverage: [] });
  panel.tell({ type: "here.now" });
  await new Promise((done) => setTimeout(done, 0));
  shown.push(...[...root.querySelectorAll(".summary dd")].map((one) => ["summary", one.textContent.trim()]));
  if (held !== 2 || root.querySelectorAll(".summary dd").length !== 7) shown.push(["lines", `${held} held`]);
  const foreign = root.querySelectorAll("script, img, iframe, a, video, input, select, object, embed, form, style, link, meta, math, b, template");
  return { shown, foreign: foreign.length, violations: window.violations, hurt: window.hurt ?? null };
}
