/** A success that holds only the first entries of its list: 100 of 1440 bars. Its cursor stays as it was. */

import { z } from "zod";
import { restAction } from "../action.ts";
import { entriesOf, withResult } from "../envelope-result.ts";

const parameters = z.strictObject({ entries: z.int().positive() });

declare module "../action.ts" {
  interface RestActions {
    "keep-first": z.input<typeof parameters>;
  }
}

export default restAction({
  at: "reply",
  parameters,
  applies: (reply, { entries }) => entriesOf(reply, "list").length > entries,
  act: (request, { entries }, reply) =>
    request.answer(withResult(reply, { list: entriesOf(reply, "list").slice(0, entries) })),
});
