/** A program that asks for precedence as a run does, says so, and gives it back when it is asked to end. */

import { askForOwnPrecedence } from "../../harness/process/precedence.ts";
import { startReaper } from "../../harness/process/reaper.ts";

const reaper = startReaper();
const giveBack = await askForOwnPrecedence(reaper);
process.once(
  "SIGTERM",
  () =>
    void giveBack()
      .then(() => reaper.close())
      .then(() => process.exit()),
);
console.log(process.pid);
setInterval(() => undefined, 1_000);
