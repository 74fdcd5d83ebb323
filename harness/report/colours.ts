/**
 * Colours, where a terminal shows them: a file or another program would get escape sequences. `NO_COLOR` takes them away
 * and `FORCE_COLOR` gives them in any case; that a build server runs us (`CI`) is no reason for them.
 */

import picocolors from "picocolors";

const { NO_COLOR = "", FORCE_COLOR = "" } = process.env;
const forced = FORCE_COLOR !== "" && FORCE_COLOR !== "0";
const wanted = forced || (FORCE_COLOR === "" && process.stdout.isTTY && process.env.TERM !== "dumb");

export const pc = picocolors.createColors(NO_COLOR === "" && wanted);
