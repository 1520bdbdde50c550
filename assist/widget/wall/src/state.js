// What the wall knows. The law: (state, message) → state, pure; a message is an event of the wire or something
// that happened here (`here.…`), and carries `now` (ms) where time matters. What is on the screen keeps its
// place while the pointer or the focus is on it.

import { isOld, RANKS } from "../../panel/src/state.js";

/** @typedef {import("../../panel/src/wire").Reason} Reason @typedef {import("../../panel/src/wire").Level} Level */
/** An alert that nobody has acknowledged; `at` is when the wall heard of it, `live`: as it was raised.
 * @typedef {{id: string, level: Level, reasons: Reason[], at: number, live: boolean}} Call */
/** `name` is the customer's, where the platform gave it; `since` is when the chat came to need a look, as far as
 * the wall has seen (`exact`: it saw it begin); `old` is what no message has confirmed since the connection came
 * back; `seen`: somebody acknowledged; `closed`: the chat was closed; `unanswered` is when the customer began to wait for an answer, null where nobody waits.
 * @typedef {{id: string, name: string, level: Level, score: number, trend: "falling" | "steady" | "rising", reasons: Reason[],
 *   calls: Call[], seen: boolean, closed: boolean, since: number, exact: boolean, old: boolean, unanswered: number | null,
 *   position: import("../../panel/src/wire").Position | null}} Chat */
/** @typedef {{chats: Record<string, Chat>, order: string[], hands: {over: boolean, within: boolean}, loaded: boolean,
 *   filling: boolean, asked: string[], open: string, record: import("../../panel/src/wire").SummaryMessage | null, now: number,
 *   error: string, copied: boolean, link: import("../../panel/src/state.js").State["link"]}} State */

/** @type {State} */
export const START = {
  chats: {}, order: [], hands: { over: false, within: false }, loaded: false, filling: false, asked: [], open: "", record: null,
  now: 0, error: "", copied: false, link: { status: "connecting", code: 0, how: "" },
};

/** Return the state after `message`; a message that means nothing here leaves it as it is.
 * @param {State} state @param {any} message @returns {State} */
export function reduce(state, message) {
  if (Object.hasOwn(HERE, message.type)) return settled(HERE[message.type](state, message));
  if (!Object.hasOwn(WIRE, message.type)) return state;
  if (message.conversation === "*") return message.type === "snapshot" ? listed(state, message) : state;
  const known = Object.hasOwn(state.chats, message.conversation) && state.chats[message.conversation];
  if (message.type === "summary") return recorded(state, message);
  const chat = known || newChat(message.conversation, message.now);
  if (isOld(chat, message)) return state;
  const next = counted(chat, { ...WIRE[message.type](chat, message), position: message.position, old: false }, message);
  if (!known && !needsLook(next)) return state;
  const filling = state.filling && message.type === "snapshot";
  return settled({ ...state, filling, chats: { ...state.chats, [next.id]: next } });
}

/** Return an alert's name among those of all chats; its id is one of its chat alone.
 * @param {string} conversation @param {string} alert */
export function alertOf(conversation, alert) {
  return `${alert} ${conversation}`;
}

/** Return what a chat is called in one line: the customer's name, where it is known, and its id.
 * @param {Chat} chat */
export function called({ id, name }) {
  return name ? `${name}, ${id}` : id;
}

/** Tell whether a chat is one for the wall.
 * @param {Chat} chat */
export function needsLook({ level, calls, closed }) {
  return (level !== "calm" && !closed) || calls.length > 0;
}

/** Return the chats as they should stand: by level, unseen alerts first, then by how long they wait.
 * @param {State} state @returns {string[]} */
export function wanted({ chats }) {
  return Object.values(chats).filter(needsLook).sort(before).map(({ id }) => id);
}

/** Return what waits for the hands to come to rest: how many chats are new, and whether others move.
 * @param {State} state */
export function waiting(state) {
  const all = wanted(state);
  const placed = new Set(state.order);
  const fresh = all.filter((id) => !placed.has(id)).length;
  return { fresh, moved: fresh > 0 || all.length !== placed.size || all.some((id, place) => id !== state.order[place]) };
}

/** Return how many chats there are of each level, and how many hold an alert that nobody has seen.
 * @param {State} state */
export function counts({ chats }) {
  const all = Object.values(chats).filter(needsLook);
  const of = (/** @type {Level} */ level) => all.filter((chat) => chat.level === level).length;
  return { critical: of("critical"), high: of("high"), watch: of("watch"), unseen: all.filter(({ calls }) => calls.length).length };
}

/** @param {Chat} one @param {Chat} other */
function before(one, other) {
  return (
    RANKS[other.level] - RANKS[one.level] ||
    Number(other.calls.length > 0) - Number(one.calls.length > 0) ||
    one.since - other.since ||
    (one.id < other.id ? -1 : 1)
  );
}

/** @param {string} id @param {number} now @returns {Chat} */
function newChat(id, now) {
  return {
    id, name: "", level: "calm", score: 0, trend: "steady", reasons: [], calls: [], seen: false, closed: false, since: now, exact: true,
    old: false, unanswered: null, position: null,
  };
}

/** @param {string | undefined} time @returns {number | null} */
function moment(time) {
  return time ? Date.parse(time) : null;
}

// Waiting begins anew when a chat comes to need a look, or rises.
/** @param {Chat} was @param {Chat} next @param {any} message @returns {Chat} */
function counted(was, next, { type, now }) {
  if (needsLook(was) && RANKS[next.level] <= RANKS[was.level]) return next;
  return { ...next, since: now, exact: type !== "snapshot" };
}

// After a break nothing is known to stand until it is told again.
/** @param {State} state @param {any} message @returns {State} */
function listed(state, { recovered }) {
  const chats = Object.fromEntries(Object.values(state.chats).map((chat) => [chat.id, { ...chat, old: true, position: null }]));
  return { ...state, chats, loaded: true, filling: !state.loaded, link: { ...state.link, how: recovered == null ? "" : "resumed" } };
}

/** @param {State} state @param {any} message @returns {State} */
function recorded(state, message) {
  return message.re && message.conversation === state.open ? { ...state, record: message } : state;
}

// Bring to the screen what may come there now.
/** @param {State} state @returns {State} */
function settled(state) {
  if ((state.hands.over || state.hands.within) && !state.filling) return state;
  const order = wanted(state);
  const same = order.length === state.order.length && order.every((id, place) => id === state.order[place]);
  if (same) return state;
  const stand = new Set([...order, state.open]);
  const kept = Object.entries(state.chats).filter(([id]) => stand.has(id));
  return { ...state, order, chats: kept.length === Object.keys(state.chats).length ? state.chats : Object.fromEntries(kept) };
}

/** @type {Record<string, (state: State, message: any) => State>} */
const HERE = {
  "here.link": (state, { status, code }) => ({ ...state, link: { status, code, how: status === "open" ? "" : state.link.how } }),
  "here.seen": (state) => ({ ...state, link: { ...state.link, how: "" } }),
  "here.error": (state, { words, alert }) => ({ ...state, error: words, asked: state.asked.filter((one) => one !== alert) }),
  "here.tick": (state, { now }) => ({ ...state, now }),
  "here.hands": (state, { hands }) => ({ ...state, hands: { ...state.hands, ...hands } }),
  "here.now": (state) => ({ ...settled({ ...state, hands: START.hands }), hands: state.hands }),
  // All that stands has been told; what was not told again after a break is over.
  "here.told": (state) => ({
    ...state, filling: false, chats: Object.fromEntries(Object.entries(state.chats).filter(([, { old }]) => !old)),
  }),
  "here.open": (state, { conversation }) => ({ ...state, open: conversation, record: null, copied: false }),
  // What was asked of a connection that is gone for good can be asked again.
  "here.anew": (state) => ({ ...state, asked: [] }),
  "here.copied": (state) => ({ ...state, copied: true }),
  "here.asked": (state, { alert }) => ({ ...state, asked: [...state.asked, alert] }),
};

/** @type {Record<string, (chat: Chat, message: any) => Chat>} */
const WIRE = {
  snapshot: (chat, { escalation: { level = "calm", score = 0, trend = "steady", reasons = [] }, alerts = [], now, waiting_since, customer = chat.name, closed = false }) => ({
    ...chat, name: customer, closed, level, score, trend, reasons, unanswered: moment(waiting_since), seen: chat.seen && !alerts.length,
    calls: alerts.map((/** @type {Call} */ { id, level, reasons }) => ({
      id, level, reasons, live: false, at: chat.calls.find((one) => one.id === id)?.at ?? now,
    })),
  }),
  escalation: (chat, { level, score, trend, reasons, waiting_since, customer = chat.name }) => ({
    ...chat, name: customer, closed: false, level, score, trend, reasons, unanswered: moment(waiting_since),
  }),
  alert: (chat, { alert, level, reasons, now, waiting_since, customer = chat.name }) => ({
    ...chat, name: customer, closed: false, seen: false, unanswered: moment(waiting_since), calls: [...chat.calls.filter(({ id }) => id !== alert), { id: alert, level, reasons, live: true, at: now }],
  }),
  acknowledged: (chat, { alert }) => {
    const calls = chat.calls.filter(({ id }) => id !== alert);
    return { ...chat, calls, seen: chat.seen || calls.length < chat.calls.length };
  },
  summary: (chat) => chat,
};
