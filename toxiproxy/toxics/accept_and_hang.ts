/** Ours: accepts clients and never answers, nor dials the upstream. Live connections go on; see `admit`. */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: {},
  admit: () => "hang",
  pipe: (_attributes, stage) => ({ chunk: (chunk) => stage.pass(chunk) }),
});
