import { expect, test } from "vitest";
import { actionText } from "./action-text.ts";

test.each([
  [{ do: "stall" }, "stall"],
  [{ do: "status", status: 403 }, "status 403"],
  [{ do: "late-ack", ms: 2_000 }, "late-ack 2 s"],
  [{ do: "probe", everyMs: 300_000 }, "probe 5 min"],
  [{ do: "malformed", kind: "wrong-types", instead: true }, "malformed wrong-types"],
  [{ do: "close", code: 1000, reason: "" }, "close 1000"],
])("%o is %s", (action, text) => {
  expect(actionText(action)).toBe(text);
});
