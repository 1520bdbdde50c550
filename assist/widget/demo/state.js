// What the page knows. The law: (state, message) → state, pure; a message is either an event of the
// wire or something that happened here (`here.…`). Nothing here knows a socket, a clock or an element.

const KEPT_EVENTS = 200;

const NOTHING_YET = Object.freeze({
  conversation: null,
  opened: false,
  customer: "Customer",
  turns: [],
  typing: false,
  position: null,
  escalation: null,
  feelings: [],
  suggestions: [],
  ledger: [],
  review: null,
  refusal: "",
  events: [],
});

export const START = Object.freeze({
  ...NOTHING_YET,
  draft: { text: "", revision: 0 },
  pointed: null,
  links: { platform: "connecting", agent: "connecting" },
});

/** Return the state after `message`; a message that means nothing here leaves it as it is. */
export function reduce(state, message) {
  if (Object.hasOwn(HERE, message.type)) return HERE[message.type](state, message);
  if (!Object.hasOwn(WIRE, message.type) || isForeign(state, message)) return state;
  const next = WIRE[message.type](state, message);
  const events = [message, ...state.events].slice(0, KEPT_EVENTS);
  return { ...next, events, position: message.position ?? next.position };
}

/** Return the worse of the two connections. */
export function connection({ links }) {
  const order = ["refused", "unreachable", "lost", "connecting", "open"];
  return order.find((state) => Object.values(links).includes(state));
}

/** Return the words that evidence points at, each once, where we know the turn. */
export function evidenceTurns(state, evidence) {
  return (evidence ?? []).flatMap((one) => {
    const turn = state.turns.find(({ id }) => id === one.turn);
    return turn ? [{ turn, span: one.span, cue: one.cue }] : [];
  });
}

/** Return what is to be marked in the chat: what is pointed at, else the first suggestion's words. */
export function marks(state) {
  const strong = Boolean(state.pointed);
  const evidence = state.pointed ?? state.suggestions[0]?.evidence ?? [];
  return evidence.map(({ turn, span }) => ({ turn, span, strong }));
}

function isForeign(state, message) {
  if (message.conversation && message.conversation !== state.conversation) return true;
  const { position } = message;
  if (!position || !state.position || message.type === "snapshot") return false;
  return position.epoch === state.position.epoch && position.offset <= state.position.offset;
}

const HERE = {
  "here.began": (state, { conversation, customer }) => ({
    ...state,
    ...NOTHING_YET,
    conversation,
    customer: customer || "Customer",
    pointed: null,
  }),
  "here.opened": (state, { conversation }) =>
    conversation === state.conversation ? { ...state, opened: true } : state,
  "here.said": (state, { turn }) => ({ ...state, typing: false, turns: [...state.turns, turn] }),
  "here.typing": (state, { on }) => ({ ...state, typing: on }),
  "here.link": (state, { link, status }) => ({
    ...state,
    links: { ...state.links, [link]: status },
  }),
  "here.refused": (state, { words }) => ({ ...state, refusal: words }),
  "here.pointed": (state, { evidence }) => ({ ...state, pointed: evidence }),
  "here.drafted": (state, { text }) => ({
    ...state,
    draft: { text, revision: state.draft.revision + 1 },
    review: text.trim() ? state.review : null,
  }),
};

const WIRE = {
  snapshot: (state, { escalation, suggestions, ledger }) => ({
    ...state,
    escalation: escalation ?? state.escalation,
    suggestions: ranked(suggestions ?? []),
    ledger: ledger ?? [],
  }),
  reading: (state, { turn, sentiment }) => ({
    ...state,
    feelings: [...state.feelings.filter((one) => one.turn !== turn), { turn, ...sentiment }],
  }),
  escalation: (state, { level, score, trend, reasons }) => ({
    ...state,
    escalation: { level, score, trend, reasons },
  }),
  suggestion: (state, { suggestion }) => ({
    ...state,
    suggestions: ranked([...without(state.suggestions, suggestion.id), suggestion]),
  }),
  retract: (state, { suggestion }) => ({
    ...state,
    suggestions: without(state.suggestions, suggestion),
  }),
  ledger: (state, { entries }) => ({ ...state, ledger: entries }),
  review: (state, { revision, findings, tension }) =>
    revision === state.draft.revision && state.draft.text.trim()
      ? { ...state, review: { text: state.draft.text, findings, tension } }
      : state,
  summary: (state) => state,
  error: (state, { message }) => ({ ...state, refusal: message }),
};

function without(suggestions, id) {
  return suggestions.filter((one) => one.id !== id);
}

function ranked(suggestions) {
  return [...suggestions].sort((one, other) => other.priority - one.priority);
}
