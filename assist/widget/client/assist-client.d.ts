// The types of assist-client.js. Messages are those of the protocol, generated from its schema.
import type * as wire from "../panel/src/wire";

export declare const PROTOCOL: 1;
export declare const SUBPROTOCOL: "assist.v1";
export declare const IN_FLIGHT: number;

export type Status = "connecting" | "open" | "lost" | "refused" | "ended";
export type Role = "customer" | "agent" | "bot" | "system";
export type Position = { epoch: string; offset: number };

export interface Options {
  role: "platform" | "agent" | "supervisor";
  agent?: string;
  /** A function is asked before every connection, so that tokens may run out. */
  token?: string | (() => string | Promise<string>);
  onstatus?: (status: Status) => void;
  /** Where there is no WebSocket in the global scope, or in a test. */
  WebSocket?: typeof WebSocket;
  sleep?: (ms: number) => Promise<void>;
}

export interface SentTurn {
  id: string;
  role: Role;
  text: string;
  /** RFC 3339 with its zone. */
  at: string;
  author?: string;
  private?: boolean;
}

export declare class AssistError extends Error {
  code: string;
  retry: boolean;
  close?: number;
}

export declare class AssistClient {
  constructor(url: string, options: Options);
  readonly connected: boolean;
  welcome: wire.Welcome | null;
  ready(): Promise<wire.Welcome>;
  openConversation(conversation: string, about?: Partial<wire.Open>): Promise<wire.Ack>;
  turn(conversation: string, turn: SentTurn): Promise<wire.Ack>;
  edit(conversation: string, turn: string, text: string, at?: string): Promise<wire.Ack>;
  redact(conversation: string, turn: string, at?: string): Promise<wire.Ack>;
  assign(conversation: string, agent: string | null): Promise<wire.Ack>;
  closeConversation(conversation: string, outcome?: string, at?: string): Promise<wire.Ack>;
  typing(conversation: string, role: Role, on: boolean, at?: string): void;
  draft(conversation: string, revision: number, text: string): Promise<wire.Review | null>;
  feedback(
    conversation: string,
    suggestion: string,
    action: wire.Feedback["action"],
    more?: { reason?: string; at?: string },
  ): Promise<wire.Ack>;
  snooze(conversation: string, technique: string, on: boolean, at?: string): Promise<wire.Ack>;
  prefer(wanted?: { muted?: string[]; fewer?: boolean }): Promise<wire.Preferences>;
  heldBack(conversation: string): Promise<wire.HeldBack>;
  summarise(conversation: string): Promise<wire.SummaryMessage>;
  acknowledge(conversation: string, alert: string): Promise<wire.Ack>;
  ask(message: { type: string } & Record<string, unknown>): Promise<wire.ServerMessage>;
  follow(
    conversation: string,
    more?: { after?: Position; signal?: AbortSignal },
  ): AsyncGenerator<wire.ServerMessage, void, void>;
  end(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export declare function comesBack(code: number): boolean;
export declare function waitBefore(attempt: number, chance?: number): number;
