// Every text that the demo's page itself shows is the payload, drawn by its own modules under its own policy.
async ([payloads]) => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  const load = (name) => import(`/demo/${name}.js`);
  const [chat, state, raw, words, dom] = await Promise.all(["chat", "state", "raw", "words", "dom"].map(load));
  const looks = { table: words.TABLES.de };
  const drawChat = chat.chatView(looks);
  document.querySelector("#raw").hidden = false;
  const wrong = [];
  let foreign = 0;
  const at = "2026-03-02T10:31:00Z";
  for (const payload of payloads) {
    const span = [0, [...payload].length];
    const kept = { conversation: payload, turn: payload, position: { epoch: payload, offset: 1 } };
    const messages = [
      { type: "here.began", conversation: payload, customer: payload },
      ...["customer", "agent", "bot", "system"].map((role) => ({
        type: "here.said", turn: { id: role === "customer" ? payload : role + payload, role, text: payload, at: role === "bot" ? payload : at },
      })),
      { type: "escalation", ...kept, level: "high" },
      { type: "suggestion", ...kept, position: { epoch: payload, offset: 2 }, suggestion: { id: payload, priority: 1, evidence: [{ turn: payload, span, cue: payload, source: payload }] } },
    ];
    drawChat(messages.reduce(state.reduce, state.START));
    const message = { type: payload, position: { epoch: payload, offset: payload }, [payload]: payload };
    const events = raw.rawView(looks);
    events.clear();
    events.add("in", message);
    dom.byId("note").replaceChildren(...words.mixed(looks.table, "refused", { words: payload }));
    const all = (query) => [...document.querySelectorAll(query)].map((one) => one.textContent);
    const shown = [
      ...[".turn .text", ".turn.customer .name", "#turns mark", ".aside .text", "#events b", ".offset"].map((query) => [query, all(query)]),
      ["typing", all("#typist").map((one) => one.replace(" schreibt", ""))],
      ["note", all("#note span")],
    ];
    const expected = { ".turn .text": 3, ".aside .text": 1 };
    for (const [place, texts] of shown) {
      if (texts.length !== (expected[place] ?? 1) || texts.some((one) => one !== payload)) wrong.push([payload.slice(0, 60), place, String(texts[0]).slice(0, 80)]);
    }
    if (all("#events pre")[0] !== JSON.stringify(message, null, 2)) wrong.push([payload.slice(0, 60), "pre"]);
    foreign += document.querySelectorAll("main :is(script, img, iframe, a, video, object, embed, style, link, meta, base, math, b b, template)").length;
  }
  return { wrong, foreign, violations, hurt: window.hurt ?? null };
}
