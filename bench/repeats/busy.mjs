/** Keeps a core busy until it is killed, or whoever started it is gone. */

import { setImmediate } from "node:timers";

process.once("disconnect", () => process.exit());
const spin = () => {
  const untilMs = performance.now() + 50;
  while (performance.now() < untilMs);
  setImmediate(spin);
};
spin();
