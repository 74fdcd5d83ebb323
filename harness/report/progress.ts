/** The progress of each running scenario: its incident time, and the last thing that happened. */

import { pc } from "./colours.ts";
import { formatTime, wallClock } from "../../core/clock.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { runName, type PlannedRun } from "../runner/plan.ts";
import type { LiveArea } from "./live-area.ts";
import { narrate } from "./narration.ts";

export class Progress {
  readonly #area: LiveArea;
  readonly #narrated: boolean;
  readonly #last = new Map<string, string>();

  /** @param options.narrated Whether each notable event is printed for good as well. */
  constructor(area: LiveArea, options: { narrated: boolean }) {
    this.#area = area;
    this.#narrated = options.narrated;
  }

  event(run: PlannedRun, event: JournalEvent, startMs: number): void {
    const name = runName(run);
    const { timezone } = run.scenario.clock;
    if (event.type === "run.started") {
      const { compression } = event;
      const wallStart = wallClock.elapsed();
      this.#area.show(name, () => {
        const nowMs = startMs + (wallClock.elapsed() - wallStart) * compression;
        return `${name}  ${formatTime(nowMs, { timezone, day: true })}  ${pc.dim(this.#last.get(name) ?? "")}`;
      });
    }
    const words = narrate(event);
    if (words === undefined) return;
    this.#last.set(name, words);
    if (this.#narrated) {
      this.#area.print(pc.dim(`  ${formatTime(startMs + event.at, { timezone, day: true })}  ${name}  ${words}`));
    }
  }

  finished(run: PlannedRun): void {
    this.#area.show(runName(run), undefined);
  }
}
