/** Lets data pass and holds back the close by `delay` ms. */

import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { delay: 0 },
  pipe: ({ delay }, stage) => ({
    chunk: (chunk) => stage.pass(chunk),
    end() {
      stage.hit();
      // An interrupted wait closes nothing: the new run sees the end again, or the removal passes it on.
      stage.wait(
        delay,
        () => stage.close(),
        () => undefined,
      );
    },
  }),
});
