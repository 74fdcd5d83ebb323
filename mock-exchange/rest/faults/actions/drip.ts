/** The reply comes at so many bytes a second: never silent for long, and far too slow. */

import { z } from "zod";
import { drip } from "../../../../mock-kit/http/drip.ts";
import { restAction } from "../action.ts";

const parameters = z.strictObject({ bytesPerSecond: z.number().positive() });

declare module "../action.ts" {
  interface RestActions {
    drip: z.input<typeof parameters>;
  }
}

export default restAction({
  at: "reply",
  parameters,
  applies: ({ body }) => body !== "",
  act(request, { bytesPerSecond }, reply) {
    request.begin(reply);
    drip(Buffer.from(reply.body), bytesPerSecond, {
      elapsed: request.elapsed.bind(request),
      after: request.after.bind(request),
      write: request.write.bind(request),
      finish: request.finish.bind(request),
    });
  },
});
