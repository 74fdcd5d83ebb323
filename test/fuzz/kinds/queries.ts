/** Queries with one parameter that is junk: refused by its name; or absurd, and then clamped or simply empty. */

import type { Random } from "../../../core/random.ts";
import { kind, type RestCase } from "../support/case.ts";
import { inherited, junkText, number } from "../support/junk.ts";
import { rawRequest, signedGet } from "../support/requests.ts";
import { startMs } from "../support/stage.ts";

type Want = RestCase["want"];
type Spoiler = (random: Random) => [value: string, want: Want];

const refused = (retCode: number, retMsg: string): Want => ({ status: 200, retCode, retMsg });
const params = (what: string): Want => refused(10_001, `params error: ${what}`);
const served: Want = { status: 200, retCode: 0 };

const junk =
  (want: Want): Spoiler =>
  (random) => [random.pick([junkText(random), random.pick(inherited), "LINEAR", "бтк", "\u0000", "a b&c"]), want];
const noNumber =
  (want: Want): Spoiler =>
  (random) => [number(random), want];
const absurd: Spoiler = (random) => [random.pick(["0", "-1", "-99999999", "999999999", "1000000", "-0"]), served];
const absurdTime: Spoiler = (random) => [
  random.pick([
    "0",
    "-1",
    "1e300",
    "-1e300",
    "8640000000000001",
    "-8640000000000001",
    "1e21",
    "0.5",
    "253402300800000",
    String(startMs),
  ]),
  served,
];

const category: Spoiler = junk(refused(10_001, "Illegal category"));
const symbol: Spoiler = junk(refused(10_001, "Not supported symbols"));
const limit = [noNumber(params("limit invalid")), absurd];
const brokenCursor: Spoiler = (random) => [
  random.pick(["%zz", "%", "%E0%A4", "a%2", "%ff%fe", "first%3DA%", "last=%25"]),
  params("cursor invalid"),
];
const strangeCursor: Spoiler = (random) => [
  random.pick([
    junkText(random),
    "last=",
    "lasttime=x",
    "lasttime=1e999",
    "lasttime=-1",
    "lastid=1&lasttime=0",
    "😀",
    "%2525",
  ]),
  served,
];

/** The lists of an account look a cursor up as it came; one that names nothing ends the list. */
const unreadCursor: Spoiler = (random) => [brokenCursor(random)[0], served];

interface Queried {
  signed?: boolean;
  right: Record<string, string>;
  spoilers: Record<string, readonly Spoiler[]>;
}

const market = { category: "linear", symbol: "BTCUSDT", limit: "2" };
const kline: Queried = {
  right: { ...market, interval: "1" },
  spoilers: {
    ...{ category: [category], symbol: [symbol], limit, interval: [junk(refused(10_001, "Invalid period!"))] },
    ...{ start: [noNumber(params("start invalid")), absurdTime], end: [noNumber(params("end invalid")), absurdTime] },
  },
};
const monthly: Queried = { right: { ...kline.right, interval: "M" }, spoilers: kline.spoilers };
const book: Queried = { right: market, spoilers: { category: [category], symbol: [symbol], limit } };
const periodic = (name: string): Queried => ({
  right: { ...market, [name]: "5min" },
  spoilers: {
    ...{ category: [category], symbol: [symbol], limit, [name]: [junk(params(`${name} invalid`))] },
    ...{
      startTime: [noNumber(params("startTime invalid")), absurdTime],
      endTime: [noNumber(params("endTime invalid")), absurdTime],
    },
    cursor: [brokenCursor, strangeCursor],
  },
});
const list = (more: Record<string, readonly Spoiler[]> = {}): Queried => ({
  signed: true,
  right: { category: "linear", settleCoin: "USDT" },
  spoilers: {
    category: [category],
    limit,
    cursor: [strangeCursor, unreadCursor],
    ...more,
  },
});
const timed = {
  startTime: [noNumber(refused(181_006, "startTime is not a number"))],
  endTime: [noNumber(refused(181_007, "endTime is not a number"))],
};

const table: readonly (readonly [string, Queried])[] = [
  ["market/kline", kline],
  ["market/kline", monthly],
  ["market/mark-price-kline", kline],
  ["market/index-price-kline", monthly],
  ["market/premium-index-price-kline", kline],
  ["market/orderbook", { ...book, spoilers: { ...book.spoilers, symbol: [junk(params("symbol invalid"))] } }],
  ["market/rpi_orderbook", book],
  ["market/recent-trade", book],
  [
    "market/tickers",
    { right: { category: "spot", symbol: "BTCUSDT" }, spoilers: { category: [category], symbol: [symbol] } },
  ],
  [
    "market/instruments-info",
    {
      right: { category: "linear", limit: "1" },
      spoilers: { category: [category], limit, cursor: [brokenCursor, strangeCursor] },
    },
  ],
  ["market/open-interest", periodic("intervalTime")],
  ["market/account-ratio", periodic("period")],
  [
    "market/risk-limit",
    {
      right: { category: "inverse" },
      spoilers: { category: [category], symbol: [symbol], cursor: [brokenCursor, strangeCursor] },
    },
  ],
  [
    "market/historical-volatility",
    {
      right: { category: "option" },
      spoilers: {
        category: [category],
        period: [
          noNumber(params("period invalid")),
          (random) => [random.pick(["0", "-7", "8", "1e300"]), params("period invalid")],
        ],
      },
    },
  ],
  [
    "market/funding/history",
    {
      right: market,
      spoilers: {
        category: [category],
        symbol: [symbol],
        limit,
        endTime: [noNumber(params("endTime invalid")), absurdTime],
      },
    },
  ],
  ["order/realtime", list({ orderId: [junk(served)], orderLinkId: [junk(served)], orderFilter: [junk(served)] })],
  [
    "order/history",
    list({
      ...timed,
      category: [junk(refused(181_001, "category is wrong"))],
      limit: [noNumber(refused(181_011, "limit is not a number")), absurd],
      symbol: [junk(refused(181_012, "symbol not exist"))],
      orderStatus: [
        junk(refused(181_005, "orderStatus is wrong")),
        (random) => [
          random.pick(["New", "PartiallyFilled", "Untriggered"]),
          refused(181_017, "OrderStatus must be final status"),
        ],
      ],
    }),
  ],
  ["execution/list", list({ ...timed, execType: [junk(served)] })],
  ["position/list", list({ symbol: [junk(params("symbol invalid"))] })],
  ["position/closed-pnl", list(timed)],
  [
    "account/fee-rate",
    {
      signed: true,
      right: { category: "linear", symbol: "BTCUSDT" },
      spoilers: { category: [category], symbol: [junk(params("symbol invalid"))] },
    },
  ],
  [
    "account/transaction-log",
    {
      signed: true,
      right: {},
      spoilers: { ...timed, limit, cursor: [strangeCursor], category: [junk(served)], currency: [junk(served)] },
    },
  ],
  [
    "account/wallet-balance",
    {
      signed: true,
      right: { accountType: "UNIFIED" },
      spoilers: { accountType: [junk(params("accountType only support UNIFIED"))], coin: [junk(served)] },
    },
  ],
  [
    "asset/transfer/query-account-coins-balance",
    {
      signed: true,
      right: { accountType: "FUND" },
      spoilers: { accountType: [junk(params("accountType invalid"))], coin: [junk(served)] },
    },
  ],
  [
    "asset/transfer/query-inter-transfer-list",
    {
      signed: true,
      right: {},
      spoilers: {
        limit,
        cursor: [
          junk(params("cursor invalid")),
          (random) => [
            Buffer.from(random.pick(["{}", "null", '{"minID":-1}', '{"minID":1e999}', '{"minID":"1"}'])).toString(
              "base64",
            ),
            params("cursor invalid"),
          ],
        ],
      },
    },
  ],
];

export default kind({
  surface: "rest",
  cases: 14_000,
  make(random) {
    const [path, { signed, right, spoilers }] = random.pick(table);
    const name = random.pick(Object.keys(spoilers));
    const [value, want] = random.pick(spoilers[name] ?? [])(random);
    const query = new URLSearchParams({ ...right, [name]: value }).toString();
    const bytes =
      signed === true ? signedGet(`/v5/${path}`, query) : rawRequest({ method: "GET", target: `/v5/${path}?${query}` });
    return { bytes, want };
  },
});
