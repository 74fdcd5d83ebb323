/**
 * A bare socket that writes down what it sees and when, on the clock of the journal: connected, data, FIN, RST, refused.
 * How late this process itself was is measured beside it, so that it is not taken for the fault's.
 */

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { expect } from "vitest";
import { wallClock, type Clock } from "../../core/clock.ts";
import type { Threads } from "../../core/threads.ts";

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

/** Out of a span of the clock so many ms, in which somebody could not see what happened. */
interface Blind {
  fromMs: number;
  toMs: number;
  ms: number;
}

/**
 * Watches how late this process's event loop is: while it is, it sees nothing, and every moment it notes is late. So is
 * the engine's thread while it waits for a CPU, of which the kernel keeps an account; what it does itself is not excused.
 */
export function watchLateness(clock: Clock, engine?: Threads) {
  const blind: Blind[] = [];
  let lastMs = clock.elapsed();
  let lastWaitMs = waitedMs(engine);
  const ticks = wallClock.every(tickMs, () => {
    const nowMs = clock.elapsed();
    const waitMs = waitedMs(engine);
    const span = { fromMs: lastMs, toMs: nowMs };
    if (nowMs - lastMs > 2 * tickMs) blind.push({ ...span, ms: nowMs - lastMs });
    if (waitMs - lastWaitMs > tickMs / 2) blind.push({ ...span, ms: waitMs - lastWaitMs });
    lastMs = nowMs;
    lastWaitMs = waitMs;
  });
  /** Ms out of a span in which nobody was looking. */
  const lateMs = (fromMs: number, toMs: number): number =>
    blind.reduce((sum, one) => {
      const overlapMs = Math.min(one.toMs, toMs) - Math.max(one.fromMs, fromMs);
      return sum + Math.max(0, Math.min(one.ms, overlapMs));
    }, 0);
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

/** How long a thread has waited for a CPU in all; 0 where that is not known. */
function waitedMs(threads: Threads | undefined): number {
  if (threads?.tid === undefined) return 0;
  try {
    const account = readFileSync(`/proc/${threads.pid}/task/${threads.tid}/schedstat`, "utf8");
    return Number(account.split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}

export type Lateness = ReturnType<typeof watchLateness>;
