/**
 * Ours: closes live connections the moment it is installed, idle ones too, with a FIN or, if `reset` is 1, with a real
 * TCP reset. `reset_peer` can do neither. Connections that come while it is installed are cut as they begin. With
 * `on_data` 1 it waits for the first chunk and drops it, as `reset_peer` does, but resets connections of any age.
 */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { reset: 1, on_data: 0 },
  pipe({ reset, on_data: onData }, stage) {
    const cut = (): void => {
      stage.hit();
      stage.cut(reset === 0 ? "fin" : "rst");
    };
    if (onData === 0) cut();
    return onData === 0 ? { chunk: () => undefined } : { chunk: cut };
  },
});
