/* Made by build.mjs from docs/reference/schema/assist.schema.json. Do not edit. */

export type Message = ClientMessage | ServerMessage;
export type ClientMessage =
  | Hello
  | Renew
  | Logout
  | Open
  | TurnMessage
  | Edit
  | Redact
  | Erase
  | Typing
  | Assign
  | Close
  | Subscribe
  | Unsubscribe
  | Draft
  | Feedback
  | Snooze
  | Prefer
  | ListHeld
  | Acknowledge
  | Summarise;
/**
 * Who is at the other end of a connection.
 */
export type Peer = "platform" | "agent" | "supervisor";
/**
 * Who speaks.
 */
export type Role = "customer" | "agent" | "bot" | "system";
/**
 * What an agent did with a suggestion.
 */
export type FeedbackAction =
  "shown" | "inserted" | "copied" | "edited" | "dismissed" | "snoozed" | "helpful" | "unhelpful";
export type ServerMessage =
  | Welcome
  | Renewed
  | LoggedOut
  | Erased
  | Ack
  | Snapshot
  | Review
  | HeldBack
  | Preferences
  | ErrorMessage
  | ReadingMessage
  | EscalationMessage
  | SuggestionMessage
  | Retract
  | LedgerMessage
  | AlertMessage
  | AcknowledgedMessage
  | SummaryMessage;
/**
 * Half-open range [start, end] of Unicode code points of the text as sent.
 *
 * @minItems 2
 * @maxItems 2
 */
export type Span = [number, number];
/**
 * The three words a score is told in.
 */
export type SentimentLabel = "negative" | "neutral" | "positive";
/**
 * How a suggestion is meant: a line to send, a prompt to the agent, or a call upwards.
 */
export type Kind = "reply" | "nudge" | "alert";
/**
 * What kind of word was given.
 */
export type EntryKind = "promise" | "agreement" | "follow-up";
/**
 * Who has to do it.
 */
export type Owner = "agent" | "customer" | "company" | "third-party";
/**
 * How far a conversation has come, low to high.
 */
export type Level = "calm" | "watch" | "high" | "critical";
/**
 * What a line of the record is about.
 */
export type Part = "problem" | "cause" | "feeling" | "offered" | "agreed" | "open" | "closed";
/**
 * Why a suggestion that applied was not shown.
 */
export type HeldReason =
  | "resting"
  | "already-done"
  | "budget"
  | "standing"
  | "snoozed"
  | "no-line-left"
  | "muted"
  | "fewer-asked"
  | "unsure"
  | "calm-chat";
/**
 * Where the score is going.
 */
export type Trend = "falling" | "steady" | "rising";
/**
 * Why a suggestion left the screen.
 */
export type RetractReason = "used" | "moved-on" | "superseded" | "snoozed";

/**
 * The first message of every connection.
 */
export interface Hello {
  type: "hello";
  id?: string | null;
  protocol: number;
  role: Peer;
  token?: string | null;
  agent?: string | null;
}
/**
 * A newer token for the same role, agent and tenant; the connection and what it follows stay.
 *
 * It must reach at least as far as the one before, and is good once, like every token.
 */
export interface Renew {
  type: "renew";
  id?: string | null;
  token: string;
}
/**
 * This connection ends for good; with `agent` (platforms, supervisors), all of that agent's.
 *
 * Tokens that were made for that agent before are good no longer.
 */
export interface Logout {
  type: "logout";
  id?: string | null;
  agent?: string | null;
}
/**
 * A conversation begins.
 */
export interface Open {
  type: "open";
  id?: string | null;
  conversation: string;
  channel?: string | null;
  agent?: string | null;
  customer?: Customer | null;
  pack?: string | null;
  locale?: string | null;
}
/**
 * What the platform knows of the customer; `id` is what `erase` may name.
 */
export interface Customer {
  id?: string | null;
  name?: string | null;
  history?: PastContact[];
}
/**
 * An earlier contact, as the platform tells it.
 */
export interface PastContact {
  at: string;
  summary: string;
}
/**
 * Somebody said something. The same `turn.id` again is answered by the first ack again.
 */
export interface TurnMessage {
  type: "turn";
  id?: string | null;
  conversation: string;
  turn: SentTurn;
}
/**
 * One thing one party said. `private` turns (internal notes) are kept but never read.
 */
export interface SentTurn {
  id: string;
  role: Role;
  text: string;
  at: string;
  author?: string | null;
  private?: boolean;
}
/**
 * A turn's words were changed.
 */
export interface Edit {
  type: "edit";
  id?: string | null;
  conversation: string;
  turn: string;
  text: string;
  at: string;
}
/**
 * A turn's words were taken back.
 */
export interface Redact {
  type: "redact";
  id?: string | null;
  conversation: string;
  turn: string;
  at: string;
}
/**
 * Nothing of a conversation, or of all conversations of a customer, is to stay stored.
 *
 * `customer` is the `id` that `open` gave, or the name where it gave none. Exactly one is named.
 */
export interface Erase {
  type: "erase";
  id?: string | null;
  conversation?: string | null;
  customer?: string | null;
}
/**
 * A party began (`on`) or stopped typing; never answered.
 */
export interface Typing {
  type: "typing";
  id?: string | null;
  conversation: string;
  role: Role;
  on: boolean;
  at: string;
}
/**
 * The conversation went to an agent, or with `null` to none.
 */
export interface Assign {
  type: "assign";
  id?: string | null;
  conversation: string;
  agent: string | null;
}
/**
 * The conversation ended.
 */
export interface Close {
  type: "close";
  id?: string | null;
  conversation: string;
  at: string;
  outcome?: string | null;
}
/**
 * Follow a conversation, or with `*` (supervisors) all; `after` asks for what was missed.
 */
export interface Subscribe {
  type: "subscribe";
  id?: string | null;
  conversation: string;
  after?: Position | null;
}
/**
 * A place in one conversation's events. Offsets rise by one; a new epoch may begin anew.
 */
export interface Position {
  epoch: string;
  offset: number;
}
/**
 * Follow it no longer.
 */
export interface Unsubscribe {
  type: "unsubscribe";
  id?: string | null;
  conversation: string;
}
/**
 * What the agent has typed and not sent; only the newest revision is answered.
 */
export interface Draft {
  type: "draft";
  id?: string | null;
  conversation: string;
  revision: number;
  text: string;
}
/**
 * What the agent did with a suggestion.
 */
export interface Feedback {
  type: "feedback";
  id?: string | null;
  conversation: string;
  suggestion: string;
  action: FeedbackAction;
  reason?: string | null;
  at: string;
}
/**
 * The agent sends a technique (`*`: all) to rest in this chat, or with `on` false wakes it.
 */
export interface Snooze {
  type: "snooze";
  id?: string | null;
  conversation: string;
  technique: string;
  on: boolean;
  at: string;
}
/**
 * What the agent wants in all of their chats; what is left out stays as it is.
 *
 * `muted` names the techniques (`*`: all) they want no cards for; with `fewer`, techniques that
 * they nearly always do by themselves or send away rest longer.
 */
export interface Prefer {
  type: "prefer";
  id?: string | null;
  muted?: string[] | null;
  fewer?: boolean | null;
}
/**
 * Asks for what was held back in this chat, and why.
 */
export interface ListHeld {
  type: "held";
  id?: string | null;
  conversation: string;
}
/**
 * A supervisor has seen an alert.
 */
export interface Acknowledge {
  type: "acknowledge";
  id?: string | null;
  conversation: string;
  alert: string;
}
/**
 * Asks for the `summary` of the conversation as it stands.
 */
export interface Summarise {
  type: "summarise";
  id?: string | null;
  conversation: string;
}
/**
 * The connection may be used. Within `resume_window_s` a subscription can be resumed.
 *
 * With a token, the connection ends at `expires` unless a newer one comes in `renew`. Agents and
 * supervisors are told in `techniques` what each technique is called, in English.
 */
export interface Welcome {
  type: "welcome";
  re?: string | null;
  protocol: number;
  server: string;
  pack: Pack;
  limits: Limits;
  resume_window_s: number;
  expires?: string | null;
  techniques?: {
    [k: string]: string;
  } | null;
}
/**
 * The rules in force.
 */
export interface Pack {
  name: string;
  version: string;
}
/**
 * What a client must stay within: a connection's turns, an agent's messages of all kinds.
 */
export interface Limits {
  frame_bytes: number;
  text_chars: number;
  turns_per_second: number;
  messages_per_second?: number | null;
}
/**
 * The connection goes on with the newer token, until `expires`; without tokens, for ever.
 */
export interface Renewed {
  type: "renewed";
  re?: string | null;
  expires?: string | null;
}
/**
 * So many connections were ended (`sessions`), this one among them where it was meant.
 */
export interface LoggedOut {
  type: "logged-out";
  re?: string | null;
  agent?: string | null;
  sessions: number;
}
/**
 * Nothing of so many conversations is stored any more; 0 where there were none.
 */
export interface Erased {
  type: "erased";
  re?: string | null;
  conversations: number;
}
/**
 * It is done, and what had to be kept is stored. `position` is absent only for `*`.
 */
export interface Ack {
  type: "ack";
  re?: string | null;
  conversation: string;
  turn?: string | null;
  position?: Position | null;
}
/**
 * A conversation as it stands at `position`.
 *
 * `turns` counts the turns so far and `turn` is the id of the last of them, or null before the
 * first; `sentiment` is that of the customer's last turn, neutral before it. `recovered` answers
 * `after`: true where all that was missed follows, false where this state replaces it. `alerts`
 * are those that nobody has acknowledged. The customer has waited for an answer since
 * `waiting_since`, and does not wait where it is absent. `customer` is the name that the platform
 * gave. `closed` is there, and true, where the chat was closed and nobody spoke since.
 */
export interface Snapshot {
  type: "snapshot";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  re?: string | null;
  escalation: Escalation;
  sentiment: Sentiment;
  suggestions: Suggestion[];
  ledger: Entry[];
  turns: number;
  coverage: Coverage[];
  alerts?: Alert[];
  waiting_since?: string | null;
  customer?: string | null;
  closed?: boolean | null;
  recovered?: boolean | null;
}
/**
 * A conversation's level, score (0..1), trend and reasons.
 */
export interface Escalation {
  /**
   * How far a conversation has come, low to high.
   */
  level?: "calm" | "watch" | "high" | "critical";
  score?: number;
  /**
   * Where the score is going.
   */
  trend?: "falling" | "steady" | "rising";
  reasons?: Reason[];
}
/**
 * A part of the score, in words; the weights of all reasons add up to the score.
 */
export interface Reason {
  text: string;
  weight: number;
  evidence?: Evidence[];
}
/**
 * Where to look and who says so; never a quotation.
 */
export interface Evidence {
  turn: string;
  span: Span;
  cue: string;
  source: string;
}
/**
 * How the turn feels: `score` −1..1 and its word.
 */
export interface Sentiment {
  score: number;
  label: SentimentLabel;
}
/**
 * Wording offered for the next turn, with its reasons.
 *
 * `priority` is 0..100, higher first. `expires_after_turn` counts customer turns.
 */
export interface Suggestion {
  id: string;
  technique: string;
  rule: string;
  kind: Kind;
  lines: string[];
  slots?: Slot[];
  why: string;
  evidence: Evidence[];
  priority: number;
  expires_after_turn: number;
}
/**
 * A place in one of the lines that only the agent can fill. `line` counts from 0.
 */
export interface Slot {
  name: string;
  line: number;
  span: Span;
}
/**
 * One promise, agreement or follow-up.
 *
 * `who` names a colleague, department or third party as the turn named them; `condition` is what
 * has to happen first; `said` is the time of the turn. The first evidence is where it was said,
 * later ones are what it was confirmed, kept, contradicted or dropped by.
 */
export interface Entry {
  id: string;
  kind: EntryKind;
  owner: Owner;
  what: string;
  due?: string | null;
  /**
   * Where it stands. `DROPPED` is what was openly withdrawn or no longer wanted.
   */
  state?: "open" | "kept" | "overdue" | "contradicted" | "dropped";
  evidence?: Evidence[];
  who?: string | null;
  condition?: string | null;
  said?: string | null;
}
/**
 * A technique, the agent's turns that used it, and the turns where a moment for it went by.
 *
 * Neutral by design; `text` says it in a sentence.
 */
export interface Coverage {
  technique: string;
  turns: string[];
  passed?: string[];
  text?: string;
}
/**
 * A call to the supervisors, raised once a crossing, with the record so far to hand over.
 *
 * The id counts the crossings into a level, so that a crossing keeps it where turns come late.
 */
export interface Alert {
  id: string;
  level: Level;
  reasons: Reason[];
  turn: string;
  summary?: Summary | null;
}
/**
 * The record of a conversation.
 */
export interface Summary {
  problem: string | null;
  causes?: string[];
  feeling?: Feeling[];
  offered?: string[];
  agreed?: string[];
  open?: string[];
  coverage?: Coverage[];
  record?: Noted[];
}
/**
 * The sentiment (−1..1) of one customer turn.
 */
export interface Feeling {
  turn: string;
  score: number;
}
/**
 * One line of the record, in plain words, and where it was said.
 */
export interface Noted {
  part: Part;
  text: string;
  evidence?: Evidence[];
}
/**
 * What is to be said of the newest draft.
 */
export interface Review {
  type: "review";
  re?: string | null;
  conversation: string;
  revision: number;
  findings: Finding[];
  tension: Tension;
}
/**
 * One thing in a draft that will land badly, with better words where there are any.
 */
export interface Finding {
  technique: string;
  rule: string;
  span: Span;
  message: string;
  why: string;
  rewrites?: Rewrite[];
}
/**
 * The same truth in better words.
 */
export interface Rewrite {
  text: string;
  edits?: Substitution[];
  fills?: Fill[];
}
/**
 * Put `text` where `span` of the draft stands.
 */
export interface Substitution {
  span: Span;
  text: string;
}
/**
 * An open slot in the rewritten text that only the agent can fill; `span` is in that text.
 */
export interface Fill {
  name: string;
  span: Span;
}
/**
 * The escalation score as it stands, and as expected if this draft were sent (0..1).
 */
export interface Tension {
  before: number;
  after: number;
}
/**
 * All that was held back in a chat: each moment, what was shown then, what not, and why.
 */
export interface HeldBack {
  type: "held-back";
  re?: string | null;
  conversation: string;
  position: Position;
  moments: Moment[];
  snoozed: string[];
}
/**
 * A time at which rules applied: the id of what was shown, if any, and all that was held back.
 *
 * `turn` is the last turn by then; `by_time` where nobody spoke and time alone brought it.
 */
export interface Moment {
  turn: string;
  by_time?: boolean;
  shown?: string | null;
  held?: Held[];
}
/**
 * A suggestion that applied and was kept back, with the reason.
 */
export interface Held {
  technique: string;
  rule: string;
  turn: string;
  reason: HeldReason;
}
/**
 * What the agent chose; told to nobody else. With `fewer`, `resting` says what rests longer.
 *
 * Counted since they chose it: done by themselves (`own`), sent away, and used.
 */
export interface Preferences {
  type: "preferences";
  re?: string | null;
  agent: string;
  muted: string[];
  fewer: boolean;
  resting: Tally[];
}
/**
 * How often an agent used a technique by themselves, sent its card away, or used the card.
 */
export interface Tally {
  technique: string;
  own?: number;
  away?: number;
  used?: number;
}
/**
 * Something was not accepted: a stable `code`, what to do, and whether trying again helps.
 *
 * Where waiting helps, `retry_after_s` says for how many seconds.
 */
export interface ErrorMessage {
  type: "error";
  re?: string | null;
  code: string;
  message: string;
  retry: boolean;
  retry_after_s?: number | null;
}
/**
 * What one customer turn says.
 *
 * `turn` is the turn that was read. It is as a rule the one that caused the event; after an edit,
 * a redaction or a late turn, each later turn that now reads differently is told again.
 */
export interface ReadingMessage {
  type: "reading";
  conversation: string;
  position: Position;
  turn: string;
  version?: string | null;
  sentiment: Sentiment;
  emotions: Emotion[];
  causes: Noticed[];
  risks: Noticed[];
  needs: Noticed[];
}
/**
 * An emotion and how sure (0..1).
 */
export interface Emotion {
  name: string;
  score: number;
}
/**
 * A cause, risk or need, how sure (0..1), and the words that say so.
 */
export interface Noticed {
  name: string;
  score: number;
  evidence: Evidence[];
}
/**
 * Where the conversation stands; the weights of the reasons add up to the score.
 *
 * The customer has waited for an answer since `waiting_since`; where it is absent, nobody waits.
 * `customer` is the name that the platform gave.
 */
export interface EscalationMessage {
  type: "escalation";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  level: Level;
  score: number;
  trend: Trend;
  reasons: Reason[];
  waiting_since?: string | null;
  customer?: string | null;
}
/**
 * Wording offered for the next turn.
 */
export interface SuggestionMessage {
  type: "suggestion";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  suggestion: Suggestion;
}
/**
 * A suggestion leaves the screen.
 */
export interface Retract {
  type: "retract";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  suggestion: string;
  reason: RetractReason;
}
/**
 * The whole ledger as it now stands.
 */
export interface LedgerMessage {
  type: "ledger";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  entries: Entry[];
}
/**
 * A call to the supervisors, once a crossing, with the record so far to hand over.
 *
 * `waiting_since` and `customer` are as in `escalation`.
 */
export interface AlertMessage {
  type: "alert";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  alert: string;
  level: Level;
  reasons: Reason[];
  waiting_since?: string | null;
  customer?: string | null;
  summary?: Summary | null;
}
/**
 * A supervisor has seen the alert.
 */
export interface AcknowledgedMessage {
  type: "acknowledged";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  alert: string;
}
/**
 * The record of a conversation: on close, and with `re` when asked for.
 */
export interface SummaryMessage {
  type: "summary";
  conversation: string;
  position: Position;
  turn: string | null;
  version?: string | null;
  re?: string | null;
  problem: string | null;
  causes: string[];
  feeling: Feeling[];
  offered: string[];
  agreed: string[];
  open: string[];
  coverage: Coverage[];
  record?: Noted[];
}
