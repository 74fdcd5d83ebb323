/** Subscriptions on the public streams to what there is not, in too large numbers, and of every type. */

import type { Random } from "../../../core/random.ts";
import { kind, type StreamCase, type Text } from "../support/case.ts";
import { inherited, junkText, nested } from "../support/junk.ts";
import { publicPaths, refusal } from "../support/streams.ts";
import { frame } from "../support/ws-wire.ts";

const noTopics = [
  ...["orderbook.500.BTCUSDT", "orderbook.50.btcusdt", "orderbook..", "orderbook.50", "orderbook.50.BTCUSDT.x", "."],
  ...["kline.1.NOPE", "kline.9.BTCUSDT", "kline.M.", "tickers.", "tickers.CONSTRUCTOR", "publicTrade", "publicTrade.X"],
  ...["order", "wallet", "order.linear", "liquidation.BTCUSDT", "adlAlert", "", " ", "😀.😀", "tickers.BTCUSDT\u0000"],
  ...inherited.flatMap((name) => [name, `${name}.BTCUSDT`, `tickers.${name}`, `orderbook.${name}.BTCUSDT`]),
];
const notText = [
  '{"toString":1,"valueOf":null}',
  "{}",
  "[[]]",
  nested("[", "]", 5_000),
  "null",
  "1e999",
  "[{}]",
  "true",
];

interface Args {
  json: string;
  /** Why the whole frame is refused; empty where it is not. */
  text: Text;
  /** As options echo them; undefined where they cannot be echoed as they came. */
  topics: string[] | undefined;
}

const named = (topics: string[], text: Text): Args => ({ json: JSON.stringify(topics), text, topics });
const many = (length: number): string[] => Array.from({ length }, (_, i) => `t${i}`);

/** What every category refuses, and what only some of them do. */
const tooLong = (random: Random): Args => named(["tickers.".padEnd(21_001, junkText(random))], "args length >21000");
const tooManySpot = (random: Random): Args => named(many(random.integer(11, 60)), "args size >10");
const tooManyOptions = (random: Random): Args => named(many(random.integer(2_001, 2_050)), "args size >2000");
const unknown = (random: Random): Args => {
  const topic = random.chance(0.3) ? junkText(random) : random.pick(noTopics);
  return named([topic], `error:handler not found,topic:${topic}`);
};
const typed = (random: Random): Args => ({
  ...{ json: `[${random.pick(notText)}]`, text: /^error:handler not found,topic:/, topics: undefined },
});

const makers: Readonly<Record<string, readonly ((random: Random) => Args)[]>> = {
  spot: [tooLong, tooManySpot, unknown, unknown, typed],
  linear: [tooLong, unknown, unknown, typed],
  inverse: [tooLong, unknown, unknown, typed],
  // Options take topics that never deliver; only the numbers count.
  option: [tooLong, tooManyOptions],
};

export default kind({
  surface: "stream",
  cases: 12_000,
  make(random, nth): StreamCase {
    const path = publicPaths[Math.floor(nth / 50) % publicPaths.length] ?? "";
    const category = path.slice(path.lastIndexOf("/") + 1);
    const id = random.chance(0.5) ? String(nth) : undefined;
    // Leaving what was never subscribed is a success, as leaving twice is.
    const leaves = random.chance(0.1);
    const drawn = leaves ? named([junkText(random)], "") : random.pick(makers[category] ?? [])(random);
    const op = leaves ? "unsubscribe" : "subscribe";
    const bytes = frame(`{"op":"${op}"${id === undefined ? "" : `,"req_id":${id}`},"args":${drawn.json}}`);
    return { path, bytes, want: answerTo(category, { ...drawn, path, op, id }) };
  },
});

function answerTo(
  category: string,
  asked: Args & { path: string; op: string; id: string | undefined },
): StreamCase["want"] {
  const { path, op, text, id, topics } = asked;
  const success = text === "";
  if (category === "option") {
    const data = success ? { failTopics: [], successTopics: topics } : { failTopics: topics, successTopics: [] };
    return { success, conn_id: undefined, data, type: "COMMAND_RESP" };
  }
  if (!success) return refusal(path, { op, text, id });
  const echoed = category === "spot" && id === undefined ? {} : { req_id: id ?? "" };
  return { success, ret_msg: category === "spot" ? op : "", conn_id: undefined, ...echoed, op };
}
