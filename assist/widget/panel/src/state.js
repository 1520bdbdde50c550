// What the panel knows. The law: (state, message) → state, pure; a message is either an event of the wire
// or something that happened here (`here.…`). Nothing here knows a socket, a clock or an element.

import { AT_REST, heldBy, mayGrow } from "./manners.js";

/** @typedef {import("./wire").Suggestion} Suggestion @typedef {import("./wire").Entry} Entry */
/** @typedef {import("./wire").Evidence} Evidence @typedef {import("./wire").Coverage} Coverage */
/** @typedef {import("./manners.js").Hands} Hands */
/** @typedef {{id: string, role: string, text: string, at?: string}} Turn */
/** @typedef {{turn: string, score: number, name?: string, evidence?: Evidence[]}} Felt */
/** @typedef {{suggestions: Suggestion[], ledger: Entry[], coverage: Coverage[]}} Placed */
/** @typedef {{text: string, findings: import("./wire").Finding[], tension: import("./wire").Tension}} Check */
/** What stands open: `why`, `card`, `dismissing` and `editing` hold ids, `line` the wording chosen.
 * @typedef {{why: string, card: string, dismissing: string, editing: string, line: Record<string, number>,
 *   reasons: boolean, steps: boolean, kept: boolean, finding: number, because: boolean}} Open */
/** @typedef {{said: "inserted" | "reworded" | "copied" | "restored", before: string | null,
 *   after: string | null, slots: string}} Note */
/** @typedef {{id: string, loaded: boolean, closed: import("./wire").SummaryMessage | null,
 *   position: import("./wire").Position | null, escalation: import("./wire").Escalation | null,
 *   feelings: Felt[], suggestions: Suggestion[], ledger: Entry[], coverage: Coverage[], turns: Turn[],
 *   draft: {text: string, revision: number}, review: Check | null, check: Check | null,
 *   placed: Placed | null, held: string, acted: Record<string, string>, snoozed: string[],
 *   heldBack: import("./wire").Moment[], rated: string[], note: Note | null, open: Open}} Chat */
/** @typedef {{active: string, names: Record<string, string>, chats: Record<string, Chat>, hands: Hands,
 *   link: {status: import("./link.js").Status, code: number, how: "" | "resumed" | "restarted"},
 *   error: string, view: "" | "help"}} State */

export const RANKS = { calm: 1, watch: 2, high: 3, critical: 4 };
const KEPT = 400;
const FOLLOWED = 12;
const MOVED = 0.2;
const GONE = ["dismissed", "snoozed", "inserted", "copied", "edited"];

/** Return a table by ids that others choose: it inherits nothing, for a chat may be called "constructor".
 * @template T @param {Record<string, T>} [own] @returns {Record<string, T>} */
export function table(own) {
  return Object.assign(Object.create(null), own);
}

/** @type {Open} */
const SHUT = {
  why: "", card: "", dismissing: "", editing: "", line: {},
  reasons: false, steps: false, kept: false, finding: 0, because: false,
};

/** @type {State} */
export const START = {
  active: "",
  names: table(),
  chats: table(),
  hands: AT_REST,
  link: { status: "connecting", code: 0, how: "" },
  error: "",
  view: "",
};

/** Return the state after `message`; a message that means nothing here leaves it as it is.
 * @param {State} state @param {any} message @returns {State} */
export function reduce(state, message) {
  if (Object.hasOwn(HERE, message.type)) return settled(HERE[message.type](state, message));
  const chat = Object.hasOwn(state.chats, message.conversation) && state.chats[message.conversation];
  if (!chat || !Object.hasOwn(WIRE, message.type) || isOld(chat, message)) return state;
  const next = { ...WIRE[message.type](chat, message) };
  if (message.position && !message.re) next.position = message.position;
  if (message.type === "snapshot") next.position = message.position;
  const how = message.type === "snapshot" ? howBack(chat, message) : state.link.how;
  return settled({ ...put(state, next), link: { ...state.link, how } });
}

/** Return a chat of which nothing is known yet.
 * @param {string} id @returns {Chat} */
export function newChat(id) {
  return {
    id, loaded: false, closed: null, position: null, escalation: null, feelings: [], suggestions: [],
    ledger: [], coverage: [], turns: [], draft: { text: "", revision: 0 }, review: null, check: null,
    placed: null, held: "", acted: {}, snoozed: [], heldBack: [], rated: [],
    note: null, open: SHUT,
  };
}

/** Return the turns that moved the feeling, the newest first, with by how much.
 * @param {Felt[]} feelings @returns {(Felt & {by: number, place: number})[]} */
export function movers(feelings) {
  return feelings
    .map((felt, place) => ({ ...felt, place, by: felt.score - (feelings[place - 1]?.score ?? 0) }))
    .filter(({ by }) => Math.abs(by) >= MOVED)
    .reverse();
}

/** Return the turns that evidence points at, each once with all its spans, where we know the turn.
 * @param {Chat} chat @param {Evidence[]} [evidence] */
export function evidenceTurns(chat, evidence = []) {
  return [...new Set(evidence.map(({ turn }) => turn))].flatMap((id) => {
    const turn = chat.turns.find((one) => one.id === id);
    const spans = evidence.filter((one) => one.turn === id).map(({ span }) => span);
    return turn ? [{ turn, spans }] : [];
  });
}

/** Return how many cards wait for the hands to come to rest.
 * @param {Chat} chat */
export function waiting(chat) {
  if (!chat.held) return 0;
  const there = new Set(chat.placed?.suggestions.map(({ id }) => id));
  return standing(chat).filter(({ id }) => !there.has(id)).length;
}

/** @param {Chat} chat */
function standing(chat) {
  return chat.suggestions.filter(({ id }) => !GONE.includes(chat.acted[id]));
}

/** @param {State} state @param {Chat} chat @returns {State} */
function put(state, chat) {
  return { ...state, chats: table({ ...state.chats, [chat.id]: chat }) };
}

// The chats that are listed, the one on the screen, and the last few that were.
/** @param {State} state @returns {State} */
function followed(state) {
  const wanted = [...Object.keys(state.names), ...(state.active ? [state.active] : [])];
  const others = Object.keys(state.chats).filter((id) => !wanted.includes(id)).slice(-FOLLOWED);
  const chats = [...others, ...wanted].map((id) => [id, state.chats[id] ?? newChat(id)]);
  return { ...state, chats: table(Object.fromEntries(chats)) };
}

/** @param {State} state @param {string} id @param {(chat: Chat) => Partial<Chat>} change */
function changed(state, id, change) {
  const chat = state.chats[id];
  return chat ? put(state, { ...chat, ...change(chat) }) : state;
}

// Bring to the screen what may come there now; a chat that is not on the screen waits for nobody.
/** @param {State} state @returns {State} */
function settled(state) {
  let chats = state.chats;
  for (const chat of Object.values(state.chats)) {
    const next = settledChat(chat, chat.id === state.active ? state.hands : AT_REST);
    if (next !== chat) chats = table({ ...chats, [chat.id]: next });
  }
  return chats === state.chats ? state : { ...state, chats };
}

/** @param {Chat} chat @param {Hands} hands @returns {Chat} */
function settledChat(chat, hands) {
  const { placed, ledger, coverage } = chat;
  const wanted = standing(chat);
  const check = chat.check !== chat.review && mayGrow(hands) ? chat.review : chat.check;
  const same =
    placed?.ledger === ledger && placed.coverage === coverage && sameCards(placed.suggestions, wanted);
  const held = same || !placed ? "" : heldBy(hands, placed.suggestions, wanted);
  if ((same || held) && held === chat.held && check === chat.check) return chat;
  const next = same || held ? placed : { suggestions: wanted, ledger, coverage };
  const open = check === chat.check ? chat.open : { ...chat.open, finding: 0, because: false };
  return { ...chat, placed: next, held, check, open };
}

/** @param {Suggestion[]} one @param {Suggestion[]} other */
function sameCards(one, other) {
  return one.length === other.length && one.every((card, place) => card === other[place]);
}

/** Tell whether an event was already taken into what is known of its chat.
 * @param {{position: import("./wire").Position | null}} chat @param {any} message */
export function isOld({ position: was }, { type, position, re }) {
  if (!position || !was || type === "snapshot" || re) return false;
  return position.epoch === was.epoch && position.offset <= was.offset;
}

/** @param {Chat} chat @param {any} message @returns {"" | "resumed" | "restarted"} */
function howBack({ loaded }, { recovered }) {
  return !loaded || recovered == null ? "" : recovered ? "resumed" : "restarted";
}

/** @type {Record<string, (state: State, message: any) => State>} */
const HERE = {
  "here.chat": (state, { conversation }) =>
    followed({
      ...state,
      active: conversation,
      hands: { ...AT_REST, inside: state.hands.inside },
      error: "",
    }),
  "here.names": (state, { names }) => followed({ ...state, names: table(names) }),
  "here.link": (state, { status, code }) => ({
    ...state,
    link: { status, code, how: status === "open" ? "" : state.link.how },
  }),
  "here.seen": (state) => ({ ...state, link: { ...state.link, how: "" } }),
  "here.error": (state, { words }) => ({ ...state, error: words }),
  "here.view": (state, { view }) => ({ ...state, view }),
  "here.hands": (state, { hands }) => ({ ...state, hands: { ...state.hands, ...hands } }),
  "here.turns": (state, { conversation, turns }) =>
    changed(state, conversation, () => ({ turns: turns.slice(-KEPT) })),
  "here.opened": (state, { open }) =>
    changed(state, state.active, (chat) => ({ open: { ...chat.open, ...open } })),
  "here.now": (state) => ({ ...settled({ ...state, hands: AT_REST }), hands: state.hands }),
  "here.acted": (state, { id, action }) =>
    changed(state, state.active, ({ acted, open }) => ({
      acted: { ...acted, [id]: action },
      open: { ...open, dismissing: "", editing: "" },
    })),
  "here.snoozed": (state, { technique, on }) =>
    changed(state, state.active, ({ snoozed }) => ({
      snoozed: [...snoozed.filter((one) => one !== technique), ...(on ? [technique] : [])],
    })),
  "here.rated": (state, { id }) => changed(state, state.active, ({ rated }) => ({ rated: [...rated, id] })),
  "here.noted": (state, { note }) => changed(state, state.active, () => ({ note })),
  "here.drafted": (state, { text }) =>
    changed(state, state.active, ({ draft, review, check, note }) => {
      const ours = note && (note.after ?? text) === text;
      return {
        draft: { text, revision: draft.revision + 1 },
        review: text.trim() ? review : null,
        check: text.trim() ? check : null,
        note: ours ? { ...note, after: text } : null,
      };
    }),
};

/** @type {Record<string, (chat: Chat, message: any) => Chat>} */
const WIRE = {
  snapshot: (chat, { escalation, suggestions, ledger, coverage }) => ({
    ...chat,
    loaded: true,
    escalation,
    suggestions: ranked(suggestions ?? []),
    ledger: ledger ?? [],
    coverage: coverage ?? [],
  }),
  reading: (chat, { turn, sentiment, causes = [], risks = [], emotions = [] }) => {
    const [first] = [...causes, ...risks];
    const name = first?.name ?? (emotions[0] && `emotion.${emotions[0].name}`);
    const felt = { turn, score: sentiment.score, name, evidence: first?.evidence };
    const known = chat.feelings.some((one) => one.turn === turn);
    const feelings = known
      ? chat.feelings.map((one) => (one.turn === turn ? felt : one))
      : [...chat.feelings, felt].slice(-KEPT);
    return { ...chat, feelings, closed: null };
  },
  escalation: (chat, { level, score, trend, reasons }) => ({
    ...chat,
    escalation: { level, score, trend, reasons },
  }),
  suggestion: (chat, { suggestion }) => ({
    ...chat,
    suggestions: ranked([...without(chat.suggestions, suggestion.id), suggestion]),
  }),
  retract: (chat, { suggestion }) => ({ ...chat, suggestions: without(chat.suggestions, suggestion) }),
  ledger: (chat, { entries }) => ({ ...chat, ledger: entries }),
  "held-back": (chat, { moments }) => ({ ...chat, heldBack: moments }),
  // What the agent's own press led to is shown wherever the pointer is.
  review: (chat, { revision, findings, tension }) => {
    const { draft, note, open } = chat;
    if (revision !== draft.revision || !draft.text.trim()) return chat;
    const review = { text: draft.text, findings, tension };
    return note ? { ...chat, review, check: review, open: { ...open, finding: 0 } } : { ...chat, review };
  },
  summary: (chat, message) => ({
    ...chat,
    closed: message.re ? chat.closed : message,
    coverage: sameAs(chat.coverage, message.coverage ?? []),
    feelings: (message.feeling ?? []).slice(-KEPT).map((/** @type {Felt} */ felt) => ({
      ...chat.feelings.find(({ turn }) => turn === felt.turn),
      ...felt,
    })),
  }),
};

// Only what differs is new, so that nothing is drawn again for nothing.
/** @template T @param {T} one @param {T} other @returns {T} */
function sameAs(one, other) {
  return JSON.stringify(one) === JSON.stringify(other) ? one : other;
}

/** @param {Suggestion[]} suggestions @param {string} id */
function without(suggestions, id) {
  return suggestions.filter((one) => one.id !== id);
}

/** @param {Suggestion[]} suggestions */
function ranked(suggestions) {
  return [...suggestions].sort((one, other) => other.priority - one.priority);
}
