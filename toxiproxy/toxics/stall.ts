/**
 * Ours: holds every byte, and the close too, until it is removed; then delivers them in order on the same connection.
 * What a silent network does to a feed that later comes back by itself, which `timeout` cannot show. With `end` 1 the
 * link is gone instead when the toxic is: the connection is reset, or closed with a FIN if `end` is 2.
 */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { end: 0 },
  bufferChunks: 1024,
  endsWhenRemoved: ({ end }) => ([undefined, "rst", "fin"] as const)[end],
  pipe: (_attributes, stage) => ({
    chunk(chunk) {
      stage.hit();
      const deliver = (): void => stage.pass(chunk);
      stage.wait(Infinity, deliver, deliver);
    },
    end() {
      stage.hit();
      const nothing = (): void => undefined;
      stage.wait(Infinity, nothing, nothing);
    },
  }),
});
