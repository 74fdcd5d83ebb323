/**
 * What is wrong right now, by subject: one incident for the exchange's REST, however many polls of however many symbols
 * fail. It begins once something has been wrong for a while, and is over once everything of it has been right for a while:
 * one that flaps is one incident. Whoever notices something reports it here and waits for nobody.
 */

export interface Incident {
  readonly subject: string;
  /** Epoch ms. */
  readonly sinceMs: number;
  /** What is wrong of it, and why; as it was last, once it is over. */
  readonly parts: ReadonlyMap<string, string>;
  /** Epoch ms; undefined while it lasts. */
  readonly overMs: number | undefined;
}

export interface Incidents {
  bad(subject: string, part: string, why: string): void;
  good(subject: string, part: string): void;
}

interface Watched {
  parts: Map<string, string>;
  sinceMs: number;
  isOpen: boolean;
  timer: NodeJS.Timeout | undefined;
}

const openAfterMs = 3_000;
const overAfterMs = 15_000;

export class IncidentBoard implements Incidents {
  readonly #subjects = new Map<string, Watched>();
  #changed: ((incident: Incident) => void) | undefined;

  /** Only with somebody who listens is anything kept. */
  listen(changed: (incident: Incident) => void): void {
    this.#changed = changed;
  }

  bad(subject: string, part: string, why: string): void {
    if (this.#changed === undefined) return;
    let watched = this.#subjects.get(subject);
    if (watched === undefined) {
      watched = { parts: new Map(), sinceMs: Date.now(), isOpen: false, timer: undefined };
      this.#subjects.set(subject, watched);
    }
    const first = watched.parts.size === 0;
    watched.parts.set(part, why);
    if (!first) return;
    clearTimeout(watched.timer);
    if (!watched.isOpen) watched.timer = setTimeout(() => this.#open(subject), openAfterMs);
  }

  good(subject: string, part: string): void {
    const watched = this.#subjects.get(subject);
    const why = watched?.parts.get(part);
    if (watched === undefined || why === undefined) return;
    watched.parts.delete(part);
    if (watched.parts.size > 0) return;
    clearTimeout(watched.timer);
    if (!watched.isOpen) {
      this.#subjects.delete(subject);
      return;
    }
    const rightMs = Date.now();
    const last = new Map([[part, why]]);
    watched.timer = setTimeout(() => this.#over(subject, rightMs, last), overAfterMs);
  }

  /** What ends with the client is no incident. */
  stop(): void {
    this.#changed = undefined;
    for (const { timer } of this.#subjects.values()) clearTimeout(timer);
    this.#subjects.clear();
  }

  #open(subject: string): void {
    const watched = this.#subjects.get(subject);
    if (watched === undefined) return;
    watched.isOpen = true;
    const { sinceMs, parts } = watched;
    this.#changed?.({ subject, sinceMs, parts: new Map(parts), overMs: undefined });
  }

  #over(subject: string, overMs: number, parts: ReadonlyMap<string, string>): void {
    const watched = this.#subjects.get(subject);
    if (watched === undefined) return;
    this.#subjects.delete(subject);
    this.#changed?.({ subject, sinceMs: watched.sinceMs, parts, overMs });
  }
}
