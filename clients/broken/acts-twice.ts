/** A signal that is sent twice in one message is traded twice, each time under an id of its own. */

import { randomUUID } from "node:crypto";
import { broken } from "../reference/parts.ts";
import { SignalBuffer } from "../reference/signals/buffer.ts";
import type { Signal } from "../reference/signals/signal.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";

class EveryCopy extends SignalBuffer {
  readonly #copies = new Map<string, Signal[]>();

  override add(signals: readonly Signal[]): void {
    for (const [id, copies] of Map.groupBy(signals, ({ id }) => id)) this.#copies.set(id, copies);
    super.add(signals);
  }

  override wave(waveMs: number): Signal[] {
    return super.wave(waveMs).flatMap((signal) => this.#copies.get(signal.id) ?? [signal]);
  }
}

class RandomLinkIds extends OncePerSignal {
  protected override orderLinkId(): string {
    return randomUUID();
  }
}

export default broken("trades a signal as often as it stands in a message", {
  signalBuffer: () => new EveryCopy(),
  trader: (options) => new RandomLinkIds(options),
});
