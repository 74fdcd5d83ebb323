/** HTTP 200 with a page where an envelope belongs. */

import { z } from "zod";
import { htmlReply } from "../../reply.ts";
import { restAction } from "../action.ts";
import { executeFirst } from "../execute-first.ts";

const page =
  "<html>\r\n<head><title>Bybit</title></head>\r\n<body>\r\n<h1>System upgrade</h1>\r\n</body>\r\n</html>\r\n";
const parameters = z.strictObject({ body: z.string().default(page), executeFirst });

declare module "../action.ts" {
  interface RestActions {
    html: z.input<typeof parameters>;
  }
}

export default restAction({
  at: "request",
  parameters,
  act(request, { body, executeFirst }) {
    if (executeFirst) request.execute();
    request.answer(htmlReply(200, body));
  },
});
