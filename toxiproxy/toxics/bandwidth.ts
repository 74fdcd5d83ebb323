/**
 * Lets `rate` kB pass per second, in slices of at most 100 ms. A rate of 0 holds everything until the toxic is updated
 * or removed; then what was held is delivered.
 */

import { toxic, type Chunk } from "../toxic.ts";

const sliceMs = 100;

export default toxic({
  attributes: { rate: 0 },
  pipe({ rate }, stage) {
    // Time owed for what has passed. Timers are late rather than early: what one oversleeps, the next gets back.
    let owedMs = 0;
    const sliceBytes = rate * sliceMs;

    const deliver = (chunk: Chunk): void => {
      const passRest = (): void => stage.pass(chunk);
      if (rate <= 0) {
        stage.wait(Infinity, passRest, passRest);
      } else if (chunk.data.length > sliceBytes) {
        const slice = (): void => {
          stage.pass({ data: chunk.data.subarray(0, sliceBytes), atMs: chunk.atMs });
          chunk.data = chunk.data.subarray(sliceBytes);
          owedMs -= stage.nowMs() - startMs;
          deliver(chunk);
        };
        const startMs = stage.nowMs();
        stage.wait(sliceMs, slice, passRest);
      } else {
        const startMs = stage.nowMs();
        const last = (): void => {
          owedMs -= stage.nowMs() - startMs;
          stage.pass(chunk);
        };
        stage.wait(owedMs, last, passRest);
      }
    };

    return {
      chunk(chunk) {
        stage.hit();
        if (rate > 0) owedMs += chunk.data.length / rate;
        deliver(chunk);
      },
    };
  },
});
