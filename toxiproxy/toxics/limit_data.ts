/** Closes the connection after `bytes` bytes. What has passed is remembered over updates of the toxic. */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { bytes: 0 },
  newState: () => ({ passedBytes: 0 }),
  pipe: ({ bytes }, stage, state) => ({
    chunk(chunk) {
      const data = chunk.data.subarray(0, Math.max(bytes - state.passedBytes, 0));
      if (data.length > 0) {
        state.passedBytes += data.length;
        stage.pass({ data, atMs: chunk.atMs });
      }
      if (state.passedBytes >= bytes) {
        stage.hit();
        stage.close();
      }
    },
  }),
});
