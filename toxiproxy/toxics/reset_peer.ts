/**
 * Waits for the first chunk or the end, drops it, and closes the connection `timeout` ms later. The close is a TCP
 * reset only on connections that began with the toxic installed (any toxicity will do), otherwise a plain FIN.
 */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { timeout: 0 },
  onConnectionStart: (connection) => connection.resetOnClose(),
  pipe({ timeout }, stage) {
    const reset = (): void => {
      stage.hit();
      stage.wait(timeout, () => stage.close());
    };
    return { chunk: reset, end: reset };
  },
});
