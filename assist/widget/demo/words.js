// The page's words: what ids of the wire are called in plain English. Data only.

const TECHNIQUES = {
  "active-listening": "Say it back",
  "empathy": "Name the feeling",
  "acknowledge-feelings": "Make room for the feeling",
  "let-them-finish": "Let them finish",
  "calm": "Slow down",
  "de-escalate": "Take the heat out",
  "apologise": "Apologise for this",
  "own-it": "Own it",
  "root-cause": "Ask the one question",
  "offer-solutions": "Offer what can be done",
  "offer-choice": "Let them choose",
  "collaborate": "Decide it together",
  "negotiate": "Meet in the middle",
  "accommodate": "Give way, it is small",
  "goodwill": "Make a gesture",
  "empowerment": "You may grant this",
  "inform-progress": "Say what happens now",
  "break-and-return": "Take a moment, name a time",
  "honest-unknown": "Say you don’t know yet",
  "boundary": "Set a limit",
  "mediate": "Stay between both sides",
  "explain-calmly": "Explain without blame",
  "personalise": "Make it personal",
  "rapport": "A friendly line",
  "humour": "Careful with jokes",
  "thank": "Thank them",
  "first-response": "Start well",
  "check-in": "Check in",
  "escalate-up": "Hand it up",
  "public-care": "They may go public",
  "confirm-agreement": "Confirm what was agreed",
  "follow-up": "Promise a follow-up",
  "seek-feedback": "Ask how it went",
  "warm-close": "Close well",
  "positive-language": "Say what can be done",
  "yes-and": "Yes, and …",
  "i-statement": "Speak for yourself",
  "no-blame": "Facts, not blame",
  "no-shifting": "Don’t pass it on",
  "no-excuses": "The fix first",
  "no-interrupting": "They are still typing",
  "plain-language": "Plain words",
  "clear-concise": "Shorter",
  "real-apology": "A real apology",
  "calm-tone": "A calmer tone",
  "not-personal": "Don’t take it personally",
  "professional": "Keep it professional",
  "stay-present": "Stay with this case",
  "solution-focus": "Add a next step",
  "one-way-only": "Leave a choice",
  "honest-promise": "Promise only what is certain",
  "time-bound": "Say by when",
  "confidential": "Keep it confidential",
  "impartial": "Take no side",
  "keeps-word": "You promised something",
};

export const LEVELS = {
  calm: { word: "Calm", rank: 1 },
  watch: { word: "Watch", rank: 2 },
  high: { word: "High", rank: 3 },
  critical: { word: "Critical", rank: 4 },
};

export const TRENDS = { falling: "↘ easing", steady: "→ steady", rising: "↗ rising" };

export const KINDS = {
  nudge: "A thought for you, nothing to send",
  alert: "Your supervisor is told too",
};

export const OWNERS = { agent: "Agent", customer: "Customer", bot: "Bot", system: "Service" };

export const ENTRY_STATES = { open: "open", kept: "done", overdue: "overdue", dropped: "dropped" };

export const CONNECTION = {
  connecting: "Connecting…",
  open: "Connected",
  lost: "Connection lost. Trying again.",
  unreachable: "No answer from the service. Trying again.",
  refused: "The service refused the connection.",
};

export const TRY = [
  "Unfortunately we can't do that.",
  "You should have told us earlier.",
  "Please calm down.",
  "We'll get back to you shortly.",
];

/** Return the plain name of a technique; an unknown id becomes its own words. */
export function technique(id) {
  const words = String(id).replaceAll("-", " ");
  return Object.hasOwn(TECHNIQUES, id) ? TECHNIQUES[id] : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Return the plain word for `key`, or the key itself. */
export function word(table, key) {
  return Object.hasOwn(table, key) ? table[key] : String(key);
}
