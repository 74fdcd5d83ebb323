import { expect, test } from "vitest";
import { limitHeaders, UserLimits, type Limit } from "./user-limits.ts";

const limit: Limit = { allowed: { linear: 2, spot: 3 } };

test("each category has its own bucket", () => {
  const limits = new UserLimits();
  expect(limits.take("order.create", limit, "linear", 0)).toMatchObject({ granted: 1, limit: 2, remaining: 1 });
  expect(limits.take("order.create", limit, "spot", 0)).toMatchObject({ granted: 1, limit: 3, remaining: 2 });
});

test("categories that are none count as a contract and share its bucket, though every object has their name", () => {
  const limits = new UserLimits();
  const grants = ["nonsense", "constructor", "__proto__"].map((category) =>
    limits.take("order.create", limit, category, 0),
  );
  expect(grants.map(({ granted }) => granted)).toEqual([1, 1, 0]);
  expect(grants.map((grant) => limitHeaders(grant)["X-Bapi-Limit"])).toEqual(["2", "2", "2"]);
});
