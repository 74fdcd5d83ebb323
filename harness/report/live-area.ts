/**
 * The lines at the bottom of a terminal that show what is going on right now, one per running scenario, with finished
 * lines scrolling above. Where the output is no terminal, only the finished lines are printed.
 */

import { createLogUpdate } from "log-update";
import { wallClock, type Timer } from "../../core/clock.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 100;

export interface LiveArea {
  /** Prints lines for good. */
  print(text: string): void;
  /** Shows, replaces or (undefined) removes the live line of a key. */
  show(key: string, text: (() => string) | undefined): void;
  close(): void;
}

/** The finished lines only. */
export const stillArea = (print: (text: string) => void): LiveArea => ({
  print: (text) => print(`${text}\n`),
  show: () => undefined,
  close: () => undefined,
});

export function liveArea(out: NodeJS.WriteStream = process.stdout): LiveArea {
  if (!out.isTTY) return stillArea((text) => void out.write(text));
  const update = createLogUpdate(out, { showCursor: true });
  const lines = new Map<string, () => string>();
  let frame = 0;
  const render = (): void => {
    const spinner = frames[frame % frames.length] ?? "";
    update([...lines.values()].map((text) => `${spinner} ${text()}`).join("\n"));
  };
  const timer: Timer = wallClock.every(frameMs, () => {
    frame += 1;
    render();
  });
  return {
    print(text) {
      update.clear();
      out.write(`${text}\n`);
      render();
    },
    show(key, text) {
      if (text === undefined) lines.delete(key);
      else lines.set(key, text);
    },
    close() {
      timer.cancel();
      update.clear();
      update.done();
    },
  };
}
