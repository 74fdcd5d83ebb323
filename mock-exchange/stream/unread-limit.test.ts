import { expect, test } from "vitest";
import { UnreadLimit } from "./unread-limit.ts";

test("so much may be left unread, and no more", () => {
  const limit = new UnreadLimit(100);
  expect([100, 101].map((unread) => limit.exceededBy(unread))).toEqual([false, true]);
});

test.each([
  ["what a fault sent besides", 50, [150, 151], [false, true]],
  ["what a fault held back, however much", Infinity, [100_000, 200_000], [false, false]],
])("%s is allowed on top until all is read", (_, bytes, unread, exceeded) => {
  const limit = new UnreadLimit(100);
  limit.besides(bytes);
  expect(unread.map((each) => limit.exceededBy(each))).toEqual(exceeded);
  expect([0, 101].map((each) => limit.exceededBy(each))).toEqual([false, true]);
});
