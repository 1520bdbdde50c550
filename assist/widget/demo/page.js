// The page: the platform's side of a chat, played, with the panel beside it. The law: the platform's link
// plays the chat, the panel has its own; a third link only watches, for the marks in the chat and the raw
// events. They share nothing but the conversation's id.

import { Link } from "/panel/chat-assist-panel.js";
import { chatView, showTurn } from "./chat.js";
import { composerView } from "./composer.js";
import { byId, el, write } from "./dom.js";
import { looks as openLooks } from "./looks.js";
import { Player, SPEEDS } from "./player.js";
import { rawView } from "./raw.js";
import { reduce, START } from "./state.js";
import { later } from "./times.js";
import { mixed, sampleWords, say } from "./words.js";

const AGENT = "demo";
const REPLY_TAKES = 20;
const PATIENCE_MS = 3000;
const asked = new URLSearchParams(location.search);
const panel = document.querySelector("chat-assist-panel");

let state = START;
let samples = [];
let links = null;
let started = null;
let latest = null;
let count = 0;
let resume = false;
let waited = false;
let patience = null;
let trouble = "loading";

const looks = openLooks(panel, asked, () => queueMicrotask(translated));
const drawChat = chatView(looks);
const raw = rawView(looks);
const player = new Player({ say: speak, type, changed: draw });
const composer = composerView(panel, looks, { wrote, send: reply });

panel.clock = now;
panel.addEventListener("assist-show", ({ detail }) => {
  tell({ type: "here.pointed", ...detail });
  showTurn(detail.turn);
});

function tell(message) {
  state = reduce(state, message);
  draw();
}

function draw() {
  write(byId("blank"), say(looks.table, state.conversation ? blankWords() : trouble));
  write(byId("customer"), state.customer || looks.table.customer);
  drawChat(state);
  composer.draw(state.opened && connected());
  drawPlayer();
}

function connected() {
  return state.links.platform === "open";
}

function blankWords() {
  if (!connected()) return "waiting";
  return player.playing || resume ? "starting" : "pressPlay";
}

function drawPlayer() {
  const { done, all } = player.progress;
  byId("play").disabled = !all || !connected() || (player.ended && (state.closed || !state.opened));
  byId("restart").disabled = !all;
  write(byId("play"), say(looks.table, player.ended ? "closeChat" : player.playing ? "pause" : "play"));
  const words = state.closed ? "closed" : player.ended ? "end" : "progress";
  write(byId("progress"), all ? say(looks.table, words, { done, all }) : "");
  byId("done").style.setProperty("--share", String(all ? done / all : 0));
}

function translated() {
  offerSamples();
  composer.drawTries();
  raw.draw();
  draw();
}

function now() {
  return state.turns.at(-1)?.at ?? started ?? new Date().toISOString();
}

function speak(turn) {
  const { id, role, text, at } = turn;
  tell({ type: "here.said", turn });
  panel.turns = state.turns;
  ask({ type: "turn", conversation: state.conversation, turn: { id, role, text, at } });
}

function type(on) {
  tell({ type: "here.typing", on });
  const { conversation } = state;
  send({ type: "typing", conversation, role: "customer", on, at: now() });
}

function send(message) {
  raw.add("out", message);
  links.platform.send(message);
}

async function ask(message) {
  raw.add("out", message);
  const answer = await links.platform.ask(message);
  if (answer.type === "error") composer.note(...mixed(looks.table, "refused", { words: answer.message }));
  return answer;
}

function wrote() {
  resume = false;
  player.pause();
}

function reply(text) {
  wrote();
  count += 1;
  const at = later(now(), state.turns.length ? REPLY_TAKES : 0);
  player.giveWay(at);
  speak({ id: `you-${count}`, role: "agent", text, at, yours: true });
}

function watch() {
  if (!state.opened || !links.watcher.ready) return;
  const { conversation, position } = state;
  links.watcher.send({ type: "subscribe", conversation, ...(position ? { after: position } : {}) });
}

function heard(message) {
  if (message.conversation !== state.conversation) return;
  raw.add("in", message);
  tell(message);
  goOn();
}

/** Play on where it stopped for the link's sake, or begin once the chat is followed. */
function goOn() {
  if (!resume || !connected() || !(state.position || waited)) return;
  resume = false;
  player.play();
}

/** Whoever cannot follow, for one reason or another, sees the chat all the same. */
function waitForIt() {
  waited = false;
  clearTimeout(patience);
  patience = setTimeout(() => {
    waited = true;
    goOn();
  }, PATIENCE_MS);
}

async function close() {
  tell({ type: "here.closed" });
  await ask({ type: "close", conversation: state.conversation, at: now() });
}

function leave() {
  if (!state.opened) return;
  links.watcher.send({ type: "unsubscribe", conversation: state.conversation });
  if (!state.closed) close();
}

async function begin(name) {
  const mine = Symbol(name);
  latest = mine;
  player.load([]);
  describe();
  const turns = await json(`/samples/${encodeURIComponent(name)}`);
  if (latest !== mine) return;
  leave();
  raw.clear();
  count += 1;
  started = turns[0]?.at;
  const conversation = `demo-${name}-${count}-${Date.now().toString(36)}`;
  const customer = turns.find((turn) => turn.customer_name)?.customer_name;
  tell({ type: "here.began", conversation, customer });
  panel.conversation = conversation;
  panel.turns = [];
  composer.clear();
  player.load(turns);
  resume = true;
  waitForIt();
  await opened(conversation, customer);
}

async function opened(conversation, customer) {
  const open = { type: "open", conversation, channel: "demo", agent: AGENT };
  const answer = await ask({ ...open, ...(customer ? { customer: { name: customer } } : {}) });
  if (answer.type === "error") return;
  tell({ type: "here.opened", conversation });
  watch();
}

function linked(link, status) {
  tell({ type: "here.link", link, status });
  if (link === "watcher") return status === "open" ? queueMicrotask(watch) : undefined;
  if (status === "open") {
    goOn();
  } else if (player.playing && status !== "connecting") {
    resume = true;
    player.pause();
  }
}

function link(name, url) {
  const role = name === "platform" ? "platform" : "agent";
  return new Link({
    url,
    role,
    heard: (message) => name === "watcher" && heard(message),
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
  if (!samples.length) return;
  const select = byId("samples");
  const chosen = select.disabled ? asked.get("sample") : select.value;
  select.replaceChildren(
    ...samples.map((one) => {
      const { title, lang } = sampleWords(looks.table, one);
      return el("option", { value: one.name, lang }, title);
    }),
  );
  select.value = (samples.find(({ name }) => name === chosen) ?? samples[0]).name;
  select.disabled = false;
  describe();
}

function describe() {
  const one = samples.find(({ name }) => name === byId("samples").value);
  if (!one) return;
  const { summary, lang } = sampleWords(looks.table, one);
  byId("summary").lang = lang;
  write(byId("summary"), summary);
}

function listen() {
  const select = byId("samples");
  select.addEventListener("change", () => start(select.value));
  // Nobody is left to answer in a chat whose page is gone.
  addEventListener("pagehide", leave);
  byId("restart").addEventListener("click", () => start(select.value));
  byId("play").addEventListener("click", () => {
    resume = false;
    if (player.ended) close();
    else if (player.playing) player.pause();
    else player.play();
  });
}

function start(name) {
  begin(name).catch(failed);
}

function failed() {
  trouble = "failed";
  state = { ...state, conversation: null };
  draw();
}

async function open() {
  offerSpeeds();
  const config = await json("/config.json");
  samples = await json("/samples");
  if (!samples.length) {
    trouble = "none";
    return draw();
  }
  links = {};
  links.platform = link("platform", config.ws);
  links.watcher = link("watcher", config.ws);
  panel.setAttribute("server", config.ws);
  offerSamples();
  listen();
  await begin(byId("samples").value);
}

open().catch(failed);
