/**
 * Ours: closes the port, so that a dial is refused (ECONNREFUSED), while live connections go on; what disabling a proxy
 * cannot do. When it is removed the same port is open again. The proxy never learns of a refused dial, so it hits nobody.
 */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: {},
  closesPort: true,
  pipe: (_attributes, stage) => ({ chunk: (chunk) => stage.pass(chunk) }),
});
