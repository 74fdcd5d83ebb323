/**
 * Drops all data and closes the connection once none has come for `timeout` ms; with 0 it never does. Removing the
 * toxic closes the connection too, because what was dropped cannot be brought back.
 */

import type { Timer } from "../../core/clock.ts";
import { toxic } from "../toxic.ts";

export default toxic({
  attributes: { timeout: 0 },
  pipe({ timeout }, stage) {
    const expire = (): void => {
      stage.hit();
      stage.close();
    };
    const arm = (): Timer | undefined => (timeout > 0 ? stage.after(timeout, expire) : undefined);
    let timer = arm();
    return {
      chunk() {
        stage.hit();
        timer?.cancel();
        timer = arm();
      },
    };
  },
  cleanup: (stage) => stage.close(),
});
