/** What a journal says is computed once, however many checks ask. A live journal grows, so its length is part of the key. */

import type { JournalView } from "../../core/journal/view.ts";

type Key = string | number | undefined;

export function once<Args extends Key[], T>(
  compute: (journal: JournalView, ...args: Args) => T,
): (journal: JournalView, ...args: Args) => T {
  const known = new WeakMap<JournalView, { length: number; answers: Map<string, T> }>();
  return (journal, ...args) => {
    let of = known.get(journal);
    if (of?.length !== journal.events.length) {
      of = { length: journal.events.length, answers: new Map() };
      known.set(journal, of);
    }
    const key = args.join("\n");
    const answer = of.answers.has(key) ? (of.answers.get(key) as T) : compute(journal, ...args);
    of.answers.set(key, answer);
    return answer;
  };
}
