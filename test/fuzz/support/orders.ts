/** One right order in each category, ways to spoil it, and the refusal that each of them has in Bybit's words. */

import type { Random } from "../../../core/random.ts";
import { inherited, junkText } from "./junk.ts";

export type Refusal = readonly [code: number, text: string | RegExp];
export type Order = Record<string, unknown>;

/** Would be accepted as they stand, so a case that leaves one unspoilt changes the books. */
const right: Readonly<Record<string, Order>> = {
  linear: { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.01", price: "20000" },
  inverse: { category: "inverse", symbol: "BTCUSD", side: "Buy", orderType: "Limit", qty: "10", price: "20000" },
  spot: { category: "spot", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.01", price: "20000" },
};

/** Values of every type that are neither a decimal nor blank. */
export const noDecimal = (random: Random): unknown =>
  random.pick<unknown>([
    ...[
      "NaN",
      "Infinity",
      "-1",
      "+1",
      "1e5",
      "1e999",
      "0x10",
      " 1",
      "1 ",
      "1,000",
      ".5",
      "1.",
      "9".repeat(21),
      `0.${"1".repeat(19)}`,
    ],
    ...[-1, 1e21, 1e-7, -0.001, true, {}, [], ["1"], { toString: "1" }, junkText(random)],
  ]);

/** Values of every type that are no word of any list. */
export const noWord = (random: Random): unknown =>
  random.pick<unknown>([
    junkText(random),
    random.pick(inherited),
    "buy",
    "LINEAR",
    0,
    1e300,
    true,
    {},
    [],
    ["Buy"],
    { a: { b: null } },
    "\u0000",
    "Bu\u0443",
  ]);

/** Where spot has a code for one parameter; the others share 170130. */
const spotsOwn: Readonly<Record<string, Refusal>> = {
  timeInForce: [170_115, "Invalid timeInForce."],
  orderType: [170_116, "Invalid orderType."],
  side: [170_117, "Invalid side."],
  symbol: [170_121, "Invalid symbol."],
  orderFilter: [170_201, "Invalid orderFilter parameter"],
};

/** An order whose category is what is wrong is no spot order, and is refused as every other. */
const byName = (name: string, category: string): Refusal =>
  category === "spot" && name !== "category"
    ? (spotsOwn[name] ?? [170_130, `Data sent for paramter '${name}' is not valid.`])
    : [10_001, name === "category" ? "Illegal category" : `params error: ${name} invalid`];
const words = [
  "category",
  "side",
  "orderType",
  "timeInForce",
  "triggerBy",
  "tpslMode",
  "smpType",
  "orderFilter",
  "marketUnit",
];
const decimals = ["qty", "price", "triggerPrice", "takeProfit", "stopLoss", "tpLimitPrice"];
const wholes = ["positionIdx", "triggerDirection", "isLeverage"];

type Spoiler = (random: Random, category: string) => [Order, Refusal];

/** In each category its own code, as the sheet has them. */
const either = (category: string, contract: Refusal, spot: Refusal): Refusal => (category === "spot" ? spot : contract);

const spoilers: readonly Spoiler[] = [
  (random, category) => {
    const name = random.pick(words);
    return [{ [name]: noWord(random) }, byName(name, category)];
  },
  (random, category) => {
    const name = random.pick(decimals);
    return [{ [name]: noDecimal(random) }, byName(name, category)];
  },
  (random, category) => {
    const name = random.pick(wholes);
    return [
      { [name]: random.pick<unknown>(["NaN", "1.5", 0.1, "x", {}, [], true, "1e999", junkText(random)]) },
      byName(name, category),
    ];
  },
  (random, category) => {
    const name = random.pick(["reduceOnly", "closeOnTrigger"]);
    return [{ [name]: random.pick<unknown>(["yes", 0, 1, {}, [], junkText(random)]) }, byName(name, category)];
  },
  (random, category) => [
    { orderLinkId: random.pick<unknown>(["a b", "ü", "a/b", 17, {}, true]) },
    byName("orderLinkId", category),
  ],
  (random, category) => [
    { orderLinkId: "a".repeat(random.pick([46, 5_000])) },
    category === "spot" ? byName("orderLinkId", category) : [10_001, "order link id is longer than 45"],
  ],
  (random, category) => {
    const name = random.pick(["category", "symbol", "side", "orderType", "qty", "price"]);
    return [{ [name]: random.chance(0.5) ? undefined : null }, byName(name, category)];
  },
  (random, category) => [
    { symbol: random.pick<unknown>(["btcusdt", "", "BTC USDT", "A".repeat(41), 17, {}, [], junkText(random)]) },
    byName("symbol", category),
  ],
  (random, category) => [
    { symbol: random.pick(["BTCUSDX", "CONSTRUCTOR", "A", "0", "-", "BTCUSDT-", "BTC-30MAY25-70000-C"]) },
    either(category, [10_001, "params error: symbol invalid"], [170_121, "Invalid symbol."]),
  ],
  (random) => [{ positionIdx: random.pick([3, -1, 99, 2 ** 52]) }, [10_001, "params error: position_mode invalid"]],
  (random, category) => [
    { qty: random.pick(["0", "0.000000000000000001", "0.0", 0]) },
    either(
      category,
      [10_001, "The number of contracts exceeds minimum limit allowed"],
      [170_136, "Order quantity exceeded lower limit."],
    ),
  ],
  (random, category) => [
    { qty: random.pick(["9".repeat(20), "99999999999.5", 1e15]) },
    either(
      category,
      [10_001, "The number of contracts exceeds maximum limit allowed"],
      [170_124, "Order amount too large."],
    ),
  ],
  (_random, category) => [
    { qty: category === "inverse" ? "10.5" : "0.010000000000000001" },
    either(category, [10_001, "Qty invalid"], [170_137, "Order volume decimal too long"]),
  ],
  (_random, category) => [
    { price: "20000.123456789" },
    either(category, [10_001, "params error: price invalid"], [170_134, "Order price decimal too long"]),
  ],
  (random, category) => [
    { price: random.pick(["99999999", "9".repeat(20)]), qty: category === "inverse" ? "10" : "0.01" },
    either(category, [110_003, "Order price is out of permissible range"], [170_132, "Order price is too high."]),
  ],
  (random, category) => [
    // At no price there is no value: a contract in dollars is refused for its price, the others already for their value.
    { price: random.pick(["0", "0.0", 0]), ...(category === "inverse" ? {} : { qty: "1" }) },
    category === "inverse"
      ? [110_003, "Order price is out of permissible range"]
      : category === "spot"
        ? [170_140, "Order value exceeded lower limit."]
        : [110_094, "Order does not meet minimum order value 5USDT"],
  ],
  (_random, category) =>
    category === "spot"
      ? [{ qty: "1001", price: "200000", side: "Sell" }, [170_131, "Insufficient balance."]]
      : [{ reduceOnly: true }, [110_017, "current position is zero, cannot fix reduce-only order qty"]],
];

/** An order with one thing wrong. `__proto__` rides along: it must be nobody's prototype. */
export function spoilt(random: Random): { order: Order; refusal: Refusal } {
  const category = random.pick(["linear", "inverse", "spot"]);
  const [changes, refusal] = random.pick(spoilers)(random, category);
  return { order: { ...right[category], ...changes }, refusal };
}

/** As JSON, with a key that `JSON.stringify` would not write. */
export const jsonOf = (order: Order): string =>
  JSON.stringify(order).replace(/^\{/, '{"__proto__":{"qty":"0.01","side":"Buy"},"constructor":{},');
