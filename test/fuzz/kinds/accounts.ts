/** Settings, stops and transfers with one thing wrong. */

import type { Random } from "../../../core/random.ts";
import { kind, type Text } from "../support/case.ts";
import { noDecimal, noWord } from "../support/orders.ts";
import { signedPost } from "../support/requests.ts";

type Body = Record<string, unknown>;

const contract: Body = { category: "linear", symbol: "BTCUSDT" };
const moved: Body = {
  ...{ transferId: "42c0cfb0-6bca-c242-bc76-4e6df6cbcb16", coin: "USDT", amount: "1" },
  ...{ fromAccountType: "UNIFIED", toAccountType: "FUND" },
};
const leverage = { ...contract, buyLeverage: "5", sellLeverage: "5" };

const noWhole = (random: Random): unknown => random.pick<unknown>(["NaN", 1.5, "x", {}, [], "1e999"]);

/** Path, right body, the field that is spoilt, with what, and the text: by the field's name where not given. */
const table: readonly [string, Body, string, (random: Random) => unknown, [number, Text]?][] = [
  ["position/set-leverage", leverage, "category", noWord],
  ["position/set-leverage", leverage, "buyLeverage", noDecimal],
  ["position/set-leverage", leverage, "sellLeverage", noDecimal],
  ["position/set-leverage", leverage, "symbol", () => "NOPE", [10_001, "params error: symbol invalid"]],
  [
    "position/set-leverage",
    leverage,
    "buyLeverage",
    () => "6",
    [10_001, "params error: buyLeverage must equal sellLeverage in one-way mode"],
  ],
  [
    "position/set-leverage",
    { ...leverage, sellLeverage: "999" },
    "buyLeverage",
    () => "999",
    [110_013, "cannot set leverage due to risk limit level"],
  ],
  [
    "position/set-leverage",
    { ...leverage, sellLeverage: "0" },
    "buyLeverage",
    () => "0",
    [10_001, "params error: leverage invalid"],
  ],
  ["position/trading-stop", contract, "takeProfit", noDecimal],
  ["position/trading-stop", contract, "trailingStop", noDecimal],
  ["position/trading-stop", contract, "tpslMode", noWord],
  ["position/trading-stop", contract, "positionIdx", noWhole],
  ["position/trading-stop", contract, "positionIdx", () => 1, [10_001, "position idx not match position mode"]],
  ["position/switch-mode", contract, "mode", noWhole],
  [
    "position/switch-mode",
    contract,
    "mode",
    (random) => random.pick([1, 2, -3, 1e15]),
    [10_001, "params error: mode invalid"],
  ],
  ["position/switch-mode", contract, "mode", () => 0, [110_025, "Position mode is not modified"]],
  ["position/switch-isolated", contract, "tradeMode", noWord, [100_028, "unified account is forbidden"]],
  [
    "position/add-margin",
    { ...contract, margin: "1" },
    "margin",
    (random) => random.pick<unknown>(["1e5", "x", {}, "--1", true]),
  ],
  ["position/set-auto-add-margin", contract, "autoAddMargin", (random) => random.pick<unknown>([2, -1, 0.5, "x", {}])],
  ["account/set-margin-mode", {}, "setMarginMode", noWord],
  [
    "order/disconnected-cancel-all",
    {},
    "timeWindow",
    (random) => random.pick<unknown>([2, 301, -1, 1e300, 3.5, "x", {}, null]),
  ],
  ["order/disconnected-cancel-all", { timeWindow: 10 }, "product", noWord],
  [
    "asset/transfer/inter-transfer",
    moved,
    "transferId",
    (random) => random.pick<unknown>(["x", 17, {}, "42c0cfb0", ""]),
  ],
  ["asset/transfer/inter-transfer", moved, "amount", noDecimal],
  ["asset/transfer/inter-transfer", moved, "amount", () => "0", [10_001, "params error: amount invalid"]],
  ["asset/transfer/inter-transfer", moved, "amount", () => "9".repeat(20), [131_212, "Insufficient balance"]],
  [
    "asset/transfer/inter-transfer",
    moved,
    "coin",
    (random) => random.pick<unknown>(["usdt", "", "A".repeat(21), 1, {}]),
  ],
  ["asset/transfer/inter-transfer", moved, "coin", () => "CONSTRUCTOR", [131_212, "Insufficient balance"]],
  ["asset/transfer/inter-transfer", moved, "toAccountType", noWord],
];

const byName = (name: string): [number, Text] => [
  10_001,
  name === "category" ? "Illegal category" : `params error: ${name} invalid`,
];

export default kind({
  surface: "rest",
  cases: 6_000,
  make(random) {
    const [path, body, name, value, wanted] = random.pick(table);
    const [retCode, retMsg] = wanted ?? byName(name);
    const bytes = signedPost(`/v5/${path}`, JSON.stringify({ ...body, [name]: value(random) }));
    return { bytes, want: { status: 200, retCode, retMsg } };
  },
});
