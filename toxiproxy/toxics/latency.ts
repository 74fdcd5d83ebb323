/**
 * Delays every chunk by `latency` ± `jitter` ms, counted from when it was read, so that chunks in a row are late but not
 * slow. Order is kept: a chunk waits behind one with a longer delay. The end of the stream is not delayed of itself.
 */

import { toxic, type Chunk } from "../toxic.ts";

export default toxic({
  attributes: { latency: 0, jitter: 0 },
  bufferChunks: 1024,
  pipe: ({ latency, jitter }, stage) => ({
    chunk(chunk: Chunk) {
      const delayMs = jitter > 0 ? latency + stage.random.integer(-jitter, jitter - 1) : latency;
      if (delayMs > 0) stage.hit();
      const dueMs = chunk.atMs + delayMs;
      const passOn = (): void => {
        // A second latency toxic counts from where this one meant to deliver, so that delays add up without drift.
        chunk.atMs = dueMs;
        stage.pass(chunk);
      };
      stage.wait(dueMs - stage.nowMs(), passOn, () => stage.pass(chunk));
    },
  }),
});
