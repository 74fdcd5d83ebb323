/** Takes a 403 for one more error and polls on, which prolongs the ban. */

import { noop } from "cockatiel";
import { broken } from "../reference/parts.ts";

export default broken("polls on while its address is banned", { ban: () => noop });
