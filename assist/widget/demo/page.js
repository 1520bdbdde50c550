// The page: two clients of the service in one window. The law: the platform's link plays the chat,
// the agent's link listens and drafts; they share nothing but the conversation's id.

import { chatView, showTurn } from "./chat.js";
import { composerView } from "./composer.js";
import { byId, el, write } from "./dom.js";
import { Link } from "./link.js";
import { Player, SPEEDS } from "./player.js";
import { connection, reduce, START } from "./state.js";
import { sidebarView } from "./sidebar.js";
import { later } from "./times.js";

const AGENT = "demo";
const REPLY_TAKES = 20;
const asked = new URLSearchParams(location.search);

let state = START;
let samples = [];
let links = null;
let started = null;
let latest = null;
let count = 0;
let resume = false;
const shown = new Set();

const drawChat = chatView();
const player = new Player({ say, type, changed: drawPlayer });
const composer = composerView({
  drafted,
  began: () => {
    resume = false;
    player.pause();
  },
  send: reply,
  rested: draw,
});
const drawSidebar = sidebarView({
  point: (evidence) => tell({ type: "here.pointed", evidence }),
  show: showTurn,
  insert,
  copy,
  shown: (id) => {
    if (shown.has(id)) return;
    shown.add(id);
    feedback(id, "shown");
  },
});

function tell(message) {
  state = reduce(state, message);
  draw();
}

function draw() {
  if (state.conversation) write(byId("blank"), blankWords());
  drawChat(state);
  composer.draw(state);
  drawSidebar(state, composer.typing);
}

function blankWords() {
  if (connection(state) !== "open") return "Waiting for the service…";
  return player.playing ? "The chat is about to start…" : "Press Play to start the chat.";
}

function drawPlayer() {
  const { done, all } = player.progress;
  const connected = connection(state) === "open";
  byId("play").disabled = !all || player.ended || !connected;
  byId("restart").disabled = !all;
  write(byId("play"), player.playing ? "Pause" : "Play");
  write(byId("progress"), player.ended ? "The end" : all ? `${done} of ${all}` : "");
  byId("done").style.setProperty("--share", String(all ? done / all : 0));
}

function now() {
  return state.turns.at(-1)?.at ?? started;
}

function say(turn) {
  const { id, role, text, at } = turn;
  tell({ type: "here.said", turn });
  ask({ type: "turn", conversation: state.conversation, turn: { id, role, text, at } });
}

function type(on) {
  tell({ type: "here.typing", on });
  links.platform.send({
    type: "typing",
    conversation: state.conversation,
    role: "customer",
    on,
    at: now(),
  });
}

async function ask(message) {
  const answer = await links.platform.ask(message);
  if (answer.type === "error") tell({ type: "here.refused", words: answer.message });
  return answer;
}

function reply(text) {
  player.pause();
  count += 1;
  const at = later(now(), state.turns.length ? REPLY_TAKES : 0);
  player.giveWay(at);
  tell({ type: "here.drafted", text: "" });
  say({ id: `you-${count}`, role: "agent", text, at, yours: true });
}

function drafted(text) {
  tell({ type: "here.drafted", text });
  if (!text.trim() || !state.opened) return;
  links.agent.send({ type: "draft", conversation: state.conversation, ...state.draft });
}

function insert(text, slots, suggestion) {
  composer.insert(text, slots);
  feedback(suggestion, "inserted");
}

async function copy(text, suggestion) {
  try {
    await navigator.clipboard.writeText(text);
    composer.note("Copied.");
    feedback(suggestion, "copied");
  } catch {
    composer.note("The browser does not let this page copy. Select the words instead.");
  }
}

function feedback(suggestion, action) {
  const { conversation } = state;
  links.agent.send({ type: "feedback", conversation, suggestion, action, at: now() });
}

function subscribe() {
  if (!state.opened || !links.agent.ready) return;
  const { conversation, position } = state;
  links.agent.send({ type: "subscribe", conversation, ...(position ? { after: position } : {}) });
  if (state.draft.text.trim()) drafted(state.draft.text);
}

function leave() {
  if (!state.conversation) return;
  const { conversation } = state;
  links.agent.send({ type: "unsubscribe", conversation });
  if (state.opened) ask({ type: "close", conversation, at: now() });
}

async function begin(name) {
  const mine = Symbol(name);
  latest = mine;
  player.load([]);
  write(byId("sample-summary"), samples.find((one) => one.name === name)?.summary ?? "");
  const turns = await json(`/samples/${encodeURIComponent(name)}`);
  if (latest !== mine) return;
  leave();
  count += 1;
  started = turns[0]?.at;
  const conversation = `demo-${name}-${count}-${Date.now().toString(36)}`;
  const customer = turns.find((turn) => turn.customer_name)?.customer_name;
  tell({ type: "here.began", conversation, customer });
  player.load(turns);
  if (connection(state) === "open") player.play();
  else resume = true;
  await opened(conversation, customer);
}

async function opened(conversation, customer) {
  const open = { type: "open", conversation, channel: "demo", agent: AGENT };
  const answer = await ask({ ...open, ...(customer ? { customer: { name: customer } } : {}) });
  if (answer.type === "error") return;
  tell({ type: "here.opened", conversation });
  subscribe();
}

function linked(link, status) {
  tell({ type: "here.link", link, status });
  drawPlayer();
  if (link === "agent" && status === "open") queueMicrotask(subscribe);
  if (connection(state) === "open") {
    if (resume) player.play();
    resume = false;
  } else if (player.playing && status !== "connecting") {
    resume = true;
    player.pause();
  }
}

function link(name, url) {
  return new Link({
    url,
    hello: { role: name, ...(name === "agent" ? { agent: AGENT } : {}) },
    heard: (message) => name === "agent" && tell(message),
    changed: (status) => linked(name, status),
  });
}

async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function offerSpeeds() {
  const first = SPEEDS.includes(Number(asked.get("speed"))) ? Number(asked.get("speed")) : 1;
  for (const speed of SPEEDS) {
    const attributes = { type: "radio", name: "speed", value: speed, id: `speed-${speed}` };
    const input = el("input", { ...attributes, on: { change: () => player.setSpeed(speed) } });
    input.checked = speed === first;
    byId("speeds").append(input, el("label", { for: `speed-${speed}` }, `${speed}×`));
  }
  player.setSpeed(first);
}

function offerSamples() {
  const select = byId("samples");
  select.replaceChildren(...samples.map(({ name, title }) => el("option", { value: name }, title)));
  const wanted = samples.find(({ name }) => name === asked.get("sample")) ?? samples[0];
  select.value = wanted.name;
  select.disabled = false;
  select.addEventListener("change", () => start(select.value));
  byId("restart").addEventListener("click", () => start(select.value));
  byId("play").addEventListener("click", () => (player.playing ? player.pause() : player.play()));
}

function start(name) {
  begin(name).catch(failed);
}

function failed() {
  write(byId("blank"), "The sample chats could not be loaded. Is the demo still running? Reload to try again.");
  byId("blank").hidden = false;
}

async function open() {
  draw();
  offerSpeeds();
  const config = await json("/config.json");
  samples = await json("/samples");
  links = {};
  links.platform = link("platform", config.ws);
  links.agent = link("agent", config.ws);
  if (!samples.length) return write(byId("blank"), "There are no sample chats here.");
  offerSamples();
  await begin(byId("samples").value);
}

open().catch(() => {
  tell({ type: "here.link", link: "agent", status: "unreachable" });
  failed();
});
