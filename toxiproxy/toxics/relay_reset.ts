/**
 * Ours: a TCP reset from the upstream reaches the client as one, on connections that begin with the toxic installed;
 * clean closes stay clean. A Toxiproxy makes a FIN of it, or with `reset_peer` a reset of every close.
 */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: {},
  onConnectionStart: (connection) => connection.relayResets(),
  pipe: (_attributes, stage) => ({ chunk: (chunk) => stage.pass(chunk) }),
});
