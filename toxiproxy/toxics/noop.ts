/** Changes nothing. Toxiproxy offers it by this name. */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: {},
  pipe: (_attributes, stage) => ({ chunk: (chunk) => stage.pass(chunk) }),
});
