/**
 * A bare socket that writes down what it sees and when, on the clock of the journal: connected, data, FIN, RST, refused.
 * How late this process itself was is measured beside it, so that it is not taken for the fault's.
 */

import { connect } from "node:net";
import { expect } from "vitest";
import { wallClock, type Clock } from "../../core/clock.ts";

export type Sight = "connected" | "data" | "fin" | "rst" | "refused";

export class BareClient {
  readonly sights: { what: Sight; atMs: number; data: string }[] = [];
  readonly #socket;
  readonly #clock: Clock;
  #changed: () => void = () => undefined;

  constructor(port: number, clock: Clock) {
    this.#clock = clock;
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    this.#socket = socket;
    socket.on("connect", () => this.#see("connected"));
    socket.on("data", (data) => this.#see("data", data.toString("latin1")));
    socket.on("end", () => this.#see("fin"));
    socket.on("error", ({ code }: NodeJS.ErrnoException) => this.#see(code === "ECONNREFUSED" ? "refused" : "rst"));
  }

  get text(): string {
    return this.sights.map(({ data }) => data).join("");
  }

  /** What it saw besides data, in order. */
  get story(): Sight[] {
    return this.sights.map(({ what }) => what).filter((what) => what !== "data");
  }

  /** @returns When. */
  send(data: string): number {
    this.#socket.write(data, "latin1");
    return this.#clock.elapsed();
  }

  /** Resolves with when it saw that for the first time. */
  async sees(what: Sight): Promise<number> {
    return this.#until(() => this.sights.find((sight) => sight.what === what)?.atMs, what);
  }

  /** Resolves with when it had been sent all of that text. */
  async reads(text: string | RegExp): Promise<number> {
    return this.#until(
      () => (this.text.search(text) < 0 ? undefined : this.sights.findLast(({ what }) => what === "data")?.atMs),
      String(text),
    );
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #until(find: () => number | undefined, what: string): Promise<number> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      const over = this.sights.some(({ what: seen }) => seen === "rst" || seen === "refused");
      if (over) throw new Error(`It never saw ${what}, only ${this.story.join(", ")}: ${this.text.slice(-200)}`);
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
  }

  #see(what: Sight, data = ""): void {
    this.sights.push({ what, atMs: this.#clock.elapsed(), data });
    this.#changed();
  }
}

/** What the journal and the client may differ by. */
export const bandMs = 5;
const tickMs = 1;

/** Watches how late this process's event loop is: while it is, it sees nothing, and every moment it notes is late. */
export function watchLateness(clock: Clock) {
  const pauses: { fromMs: number; toMs: number }[] = [];
  let lastMs = clock.elapsed();
  const ticks = wallClock.every(tickMs, () => {
    const nowMs = clock.elapsed();
    if (nowMs - lastMs > 2 * tickMs) pauses.push({ fromMs: lastMs, toMs: nowMs });
    lastMs = nowMs;
  });
  /** Ms out of a span in which the loop was not looking. */
  const lateMs = (fromMs: number, toMs: number): number =>
    pauses.reduce((sum, pause) => sum + Math.max(0, Math.min(pause.toMs, toMs) - Math.max(pause.fromMs, fromMs)), 0);
  return {
    stop: () => ticks.cancel(),
    /** Both saw it at the same moment. */
    async sameMoment(journalMs: number, clientMs: number): Promise<void> {
      // A pause that is not over has not been noted.
      await wallClock.sleep(2 * tickMs);
      const [from, to] = [Math.min(journalMs, clientMs), Math.max(journalMs, clientMs)];
      const apartMs = to - from - lateMs(from, to);
      expect(apartMs, `journal ${journalMs} ms, client ${clientMs} ms`).toBeLessThanOrEqual(bandMs);
    },
  };
}

export type Lateness = ReturnType<typeof watchLateness>;
