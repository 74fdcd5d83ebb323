/** Ours: resets clients as they connect. Live connections go on; for ECONNREFUSED there is `refuse`. */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: {},
  admit: () => "reset",
  pipe: (_attributes, stage) => ({ chunk: (chunk) => stage.pass(chunk) }),
});
