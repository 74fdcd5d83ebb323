/**
 * Ours: closes live connections the moment it is installed, idle ones too, with a FIN or, if `reset` is 1, with a real
 * TCP reset. `reset_peer` can do neither. Connections that come while it is installed are cut as they begin.
 */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { reset: 1 },
  pipe({ reset }, stage) {
    stage.hit();
    stage.cut(reset === 0 ? "fin" : "rst");
    return { chunk: () => undefined };
  },
});
