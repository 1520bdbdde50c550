// What the page knows. The law: (state, message) → state, pure; a message is either an event of the
// wire or something that happened here (`here.…`). Nothing here knows a socket, a clock or an element.
// What the agent is advised is the panel's business: of it, only the places in the chat are kept here.

const RANKS = { calm: 1, watch: 2, high: 3, critical: 4 };

const NOTHING_YET = Object.freeze({
  conversation: null,
  opened: false,
  closed: false,
  customer: "",
  turns: [],
  typing: false,
  position: null,
  level: null,
  turning: {},
  suggestions: [],
  pointed: null,
});

export const START = Object.freeze({
  ...NOTHING_YET,
  links: { platform: "connecting", watcher: "connecting" },
});

/** Return the state after `message`; a message that means nothing here leaves it as it is. */
export function reduce(state, message) {
  if (Object.hasOwn(HERE, message.type)) return HERE[message.type](state, message);
  if (!message.position || isForeign(state, message)) return state;
  const next = Object.hasOwn(WIRE, message.type) ? WIRE[message.type](state, message) : state;
  return { ...next, position: message.position };
}

/** Return what is to be marked in the chat: what was asked for, else the first suggestion's words. */
export function marks({ pointed, suggestions }) {
  if (pointed) return pointed.spans.map((span) => ({ turn: pointed.turn, span, strong: true }));
  return (suggestions[0]?.evidence ?? []).map(({ turn, span }) => ({ turn, span, strong: false }));
}

function isForeign(state, { type, conversation, position }) {
  if (conversation !== state.conversation) return true;
  if (!state.position || type === "snapshot") return false;
  return position.epoch === state.position.epoch && position.offset <= state.position.offset;
}

const HERE = {
  "here.began": (state, { conversation, customer }) => ({
    ...state,
    ...NOTHING_YET,
    conversation,
    customer: customer ?? "",
  }),
  "here.opened": (state, { conversation }) =>
    conversation === state.conversation ? { ...state, opened: true } : state,
  "here.closed": (state) => ({ ...state, closed: true }),
  "here.said": (state, { turn }) => ({
    ...state,
    typing: false,
    closed: false,
    pointed: null,
    turns: [...state.turns, turn],
  }),
  "here.typing": (state, { on }) => ({ ...state, typing: on }),
  "here.link": (state, { link, status }) => ({ ...state, links: { ...state.links, [link]: status } }),
  "here.pointed": (state, { turn, spans }) => ({ ...state, pointed: { turn, spans } }),
};

const WIRE = {
  snapshot: (state, { escalation, suggestions }) => ({
    ...state,
    level: escalation?.level ?? state.level,
    suggestions: ranked(suggestions ?? []),
  }),
  escalation: (state, { level, turn }) => {
    const up = RANKS[level] - (RANKS[state.level] ?? RANKS.calm);
    const turning = up && turn ? { ...state.turning, [turn]: { level, up: up > 0 } } : state.turning;
    return { ...state, level, turning };
  },
  suggestion: (state, { suggestion }) => ({
    ...state,
    suggestions: ranked([...without(state.suggestions, suggestion.id), suggestion]),
  }),
  retract: (state, { suggestion }) => ({ ...state, suggestions: without(state.suggestions, suggestion) }),
};

function without(suggestions, id) {
  return suggestions.filter((one) => one.id !== id);
}

function ranked(suggestions) {
  return [...suggestions].sort((one, other) => other.priority - one.priority);
}
