/** A page of the gateway in front of the exchange instead of a reply: 403, 502, 503 and their like. */

import { z } from "zod";
import { gatewayPage } from "../../../limits/gateway-page.ts";
import { htmlReply } from "../../reply.ts";
import { restAction } from "../action.ts";
import { executeFirst } from "../execute-first.ts";

const parameters = z.strictObject({
  code: z.int().min(200).max(599),
  /** Default: the page as CloudFront words it. */
  body: z.string().optional(),
  executeFirst,
});

declare module "../action.ts" {
  interface RestActions {
    status: z.input<typeof parameters>;
  }
}

export default restAction({
  at: "request",
  parameters,
  act(request, { code, body, executeFirst }) {
    if (executeFirst) request.execute();
    request.answer(htmlReply(code, body ?? gatewayPage(code)));
  },
});
