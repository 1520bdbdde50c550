// Plays a transcript. The law: the turns keep their own times; only the waiting between them is
// squeezed, so that a chat of ten minutes reads in about one.

import { later, seconds } from "./times.js";

export const SPEEDS = [1, 2, 4, 8];

/** Return how long (ms, at 1×) to wait between two turns of a chat. */
export function waitBetween(previous, next) {
  if (!previous) return 600;
  const gap = Math.max(0, seconds(previous.at, next.at));
  return Math.min(6000, 400 + Math.sqrt(gap) * 640);
}

export class Player {
  #say;
  #type;
  #changed;
  #turns = [];
  #next = 0;
  #shift = 0;
  #timers = [];
  #playing = false;
  #speed = 1;

  /** `say(turn)` speaks a turn, `type(on)` shows that the customer types, `changed()` tells of any change. */
  constructor({ say, type, changed }) {
    this.#say = say;
    this.#type = type;
    this.#changed = changed;
  }

  get playing() {
    return this.#playing;
  }

  get ended() {
    return this.#turns.length > 0 && this.#next >= this.#turns.length;
  }

  get progress() {
    return { done: this.#next, all: this.#turns.length };
  }

  load(turns) {
    this.pause();
    [this.#turns, this.#next, this.#shift] = [turns, 0, 0];
    this.#changed();
  }

  play() {
    if (this.#playing || this.ended || !this.#turns.length) return;
    this.#playing = true;
    this.#wait();
    this.#changed();
  }

  pause() {
    if (!this.#playing) return;
    this.#playing = false;
    this.#stop();
    this.#changed();
  }

  setSpeed(speed) {
    this.#speed = speed;
    if (this.#playing) this.#wait();
  }

  /** Somebody else spoke at `at`: what is still to come comes after it. */
  giveWay(at) {
    const next = this.#turns[this.#next];
    if (next) this.#shift = Math.max(this.#shift, seconds(next.at, at) + 10);
  }

  #wait() {
    this.#stop();
    const next = this.#turns[this.#next];
    const wait = waitBetween(this.#turns[this.#next - 1], next) / this.#speed;
    this.#timers = [setTimeout(() => this.#speak(), wait)];
    if (next.role === "customer") {
      this.#timers.push(setTimeout(() => this.#type(true), wait * 0.35));
    }
  }

  #speak() {
    const turn = this.#turns[this.#next];
    this.#next += 1;
    this.#stop();
    this.#say(this.#shift > 0 ? { ...turn, at: later(turn.at, this.#shift) } : turn);
    if (this.ended) this.#playing = false;
    else this.#wait();
    this.#changed();
  }

  #stop() {
    for (const timer of this.#timers) clearTimeout(timer);
    if (this.#timers.length > 1) this.#type(false);
    this.#timers = [];
  }
}
