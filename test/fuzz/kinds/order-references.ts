/** Amendments and cancellations of orders that are none, and lists and batches of nonsense. */

import { kind, type RestCase } from "../support/case.ts";
import { inherited, junkText } from "../support/junk.ts";
import { signedPost } from "../support/requests.ts";
import type { Random } from "../../../core/random.ts";

type Made = [path: string, body: Record<string, unknown>, code: number, text: string];

const idOf = (random: Random): unknown =>
  random.pick<unknown>([
    junkText(random).slice(0, 64),
    random.pick(inherited),
    "0",
    1e300,
    -1,
    "00000000-0000-0000-0000-000000000000",
    "x".repeat(64),
  ]);

const makers: readonly ((random: Random) => Made)[] = [
  (random) => {
    const spot = random.chance(0.5);
    const amends = random.chance(0.5);
    const body = {
      category: spot ? "spot" : "linear",
      symbol: "BTCUSDT",
      [random.pick(["orderId", "orderLinkId"])]: idOf(random),
      price: "1",
    };
    if (spot) return [`order/${amends ? "amend" : "cancel"}`, body, 170_213, "Order does not exist."];
    return amends
      ? ["order/amend", body, 110_001, "order not exists or too late to replace"]
      : ["order/cancel", body, 110_001, "order not exists or too late to cancel"];
  },
  (random) => [
    random.pick(["order/amend", "order/cancel"]),
    { category: "linear", symbol: "BTCUSDT", [random.pick(["orderId", "orderLinkId"])]: random.pick(["", null]) },
    10_001,
    "params error: OrderId or orderLinkId is required",
  ],
  (random) => {
    const name = random.pick(["orderId", "orderLinkId"]);
    const value = random.pick<unknown>(["x".repeat(65), {}, [], true, "y".repeat(100_000)]);
    return [
      "order/cancel",
      { category: "linear", symbol: "BTCUSDT", [name]: value },
      10_001,
      `params error: ${name} invalid`,
    ];
  },
  (random) => [
    random.pick(["order/create-batch", "order/amend-batch", "order/cancel-batch"]),
    { category: "linear", request: random.pick<unknown>([null, [], {}, "[]", 0, [1], ["a"], [[]], [null]]) },
    10_001,
    "params error: request invalid",
  ],
  (random) => {
    const spot = random.chance(0.5);
    const most = spot ? 10 : 20;
    const request = Array.from({ length: random.integer(most + 1, 300) }, () => ({}));
    const body = { category: spot ? "spot" : "linear", request };
    return ["order/cancel-batch", body, 10_001, `params error: request exceeds the limit of ${most}`];
  },
  (random) => [
    "order/cancel-all",
    { category: random.pick(["linear", "inverse"]), [junkText(random)]: "BTC" },
    10_001,
    "Missing some parameters that must be filled in, symbol or settleCoin or baseCoin",
  ],
];

export default kind({
  surface: "rest",
  cases: 6_000,
  make(random): RestCase {
    const [path, body, retCode, retMsg] = random.pick(makers)(random);
    return { bytes: signedPost(`/v5/${path}`, JSON.stringify(body)), want: { status: 200, retCode, retMsg } };
  },
});
