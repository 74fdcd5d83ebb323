/** Orders with one thing wrong, by REST: singly and in batches, where each stands for itself. */

import type { Random } from "../../../core/random.ts";
import { kind, type RestCase } from "../support/case.ts";
import { jsonOf, spoilt } from "../support/orders.ts";
import { signedPost } from "../support/requests.ts";

export default kind({
  surface: "rest",
  cases: 15_000,
  make(random) {
    if (random.chance(0.2)) return batch(random);
    const { order, refusal } = spoilt(random);
    const [retCode, retMsg] = refusal;
    return { bytes: signedPost("/v5/order/create", jsonOf(order)), want: { status: 200, retCode, retMsg } };
  },
});

/** The batch names the category for all of them, so only orders of its own category keep their refusal. */
function batch(random: Random): RestCase {
  const category = random.pick(["linear", "inverse", "spot"]);
  const drawn = Array.from({ length: 12 }, () => spoilt(random));
  const all = drawn.filter(({ order }) => order.category === category).slice(0, 10);
  const request = `[${all.map(({ order }) => jsonOf(order)).join()}]`;
  const bytes = signedPost("/v5/order/create-batch", `{"category":"${category}","request":${request}}`);
  if (all.length === 0)
    return { bytes, want: { status: 200, retCode: 10_001, retMsg: "params error: request invalid" } };
  return { bytes, want: { status: 200, retCode: 0, items: all.map(({ refusal }) => refusal) } };
}
