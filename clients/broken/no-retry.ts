/** Report A, H4: what failed once has failed; the next chance is the next poll. */

import { noop } from "cockatiel";
import { broken } from "../reference/parts.ts";

export default broken("never tries a failed request again", { retry: () => noop });
