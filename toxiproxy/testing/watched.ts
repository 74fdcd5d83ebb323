/** An engine in the test's own thread whose events a test can wait for. */

import { startEmbedded } from "../embedded.ts";
import type { EmbeddedEvent } from "../events.ts";

export async function watched(seed = 1) {
  const events: EmbeddedEvent[] = [];
  let changed: () => void = () => undefined;
  const onEvent = (event: EmbeddedEvent): void => {
    events.push(event);
    changed();
  };
  const engine = await startEmbedded({ seed, onEvent });
  const seen = async <T extends EmbeddedEvent["type"]>(type: T): Promise<EmbeddedEvent & { type: T }> => {
    for (;;) {
      const event = events.find((candidate) => candidate.type === type);
      if (event !== undefined) return event as EmbeddedEvent & { type: T };
      await new Promise<void>((resolve) => (changed = resolve));
    }
  };
  return { engine, events, seen, [Symbol.asyncDispose]: () => engine.close() };
}
