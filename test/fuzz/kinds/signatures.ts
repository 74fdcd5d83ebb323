/** Signed requests whose headers are missing, wrong, late, early, doubled or somebody else's. */

import { kind, type RestCase } from "../support/case.ts";
import { hmac, rawRequest } from "../support/requests.ts";
import { expiredKey, key, readOnlyKey, startMs } from "../support/stage.ts";
import { junkText, number } from "../support/junk.ts";
import type { Random } from "../../../core/random.ts";

interface Headers {
  key: string;
  timestamp: string;
  sign: string;
  window: string | undefined;
}

type Want = RestCase["want"];

const emptyText = (h: Headers): string =>
  `empty value: apiTimestamp[${h.timestamp}] apiKey[${h.key}] apiSignature[${h.sign}]`;
const lateText = (h: Headers): string =>
  "invalid request, please check your server timestamp or recv_window param. " +
  `req_timestamp[${h.timestamp}],server_timestamp[${startMs}],recv_window[${h.window ?? "5000"}]`;

/** Each spoils the headers of a request and says what that has to be answered with. */
const spoilers: readonly ((random: Random, right: Headers, payload: string) => [Headers, Want])[] = [
  (random, right) => {
    const missing = random.pick(["key", "timestamp", "sign"] as const);
    const headers = { ...right, [missing]: "" };
    return [headers, { status: 200, retCode: 10_001, retMsg: emptyText(headers) }];
  },
  (random, right) => [
    { ...right, key: junkText(random) },
    { status: 200, retCode: 10_003, retMsg: "API key is invalid." },
  ],
  (random, right) => {
    const late = startMs - 5_001 - random.integer(0, 10 ** random.integer(0, 12));
    const early = startMs + 1_000 + random.integer(0, 10 ** random.integer(0, 15));
    const other = ["NaN", "-1", "0", "1e999", "0x0", "now", "9".repeat(400), "1;2", `${startMs}ms`];
    const headers = { ...right, timestamp: random.pick([String(late), String(early), random.pick(other)]) };
    return [headers, { status: 200, retCode: 10_002, retMsg: lateText(headers) }];
  },
  (random, right) => {
    const headers = { ...right, window: random.pick(["-1", "NaN", "abc", "-1e999", "5000ms", "1,2", "0x", "--5"]) };
    return [headers, { status: 200, retCode: 10_002, retMsg: lateText(headers) }];
  },
  (random, right, payload) => [
    {
      ...right,
      sign: random.pick([junkText(random), right.sign.slice(1), right.sign.toUpperCase(), `${right.sign}0`]),
    },
    { status: 200, retCode: 10_004, retMsg: signText(right, payload) },
  ],
  (random, right, payload) => {
    const signer = { ...key, secret: `${key.secret}${random.integer(0, 99)}` };
    const sign = hmac(signer, `${right.timestamp}${right.key}${right.window}${payload}`);
    return [
      { ...right, sign },
      { status: 200, retCode: 10_004, retMsg: signText(right, payload) },
    ];
  },
  (_random, right) => [
    { ...right, key: expiredKey.key },
    { status: 200, retCode: 33_004, retMsg: "Your api key has expired." },
  ],
];

const signText = (h: Headers, payload: string): string =>
  `Error sign, please check your signature generation algorithm: origin_string[${h.timestamp}${h.key}${h.window}${payload}]`;

const reads = ["account/wallet-balance", "order/realtime", "position/list", "user/query-api", "execution/list"];
const deeds = ["order/create", "order/amend-batch", "position/set-leverage", "asset/transfer/inter-transfer"];

export default kind({
  surface: "rest",
  cases: 16_000,
  make(random) {
    const posts = random.chance(0.5);
    const payload = posts
      ? JSON.stringify({ category: "linear", symbol: junkText(random) })
      : `category=${encodeURIComponent(number(random))}`;
    const origin = `${startMs}${key.key}5000${payload}`;
    const right = { key: key.key, timestamp: String(startMs), sign: hmac(key, origin), window: "5000" };
    if (posts && random.chance(0.1)) return { bytes: byReadOnly(random, payload), want: denied };
    const [headers, want] = random.pick(spoilers)(random, right, payload);
    const path = `/v5/${random.pick(posts ? deeds : reads)}`;
    return { bytes: bytesOf(posts, path, payload, headers, random), want };
  },
});

const denied: Want = {
  ...{ status: 200, retCode: 10_005, retMsg: "Permission denied, please check your API key permissions." },
};

function byReadOnly(random: Random, payload: string): Buffer {
  const sign = hmac(readOnlyKey, `${startMs}${readOnlyKey.key}5000${payload}`);
  const headers = { key: readOnlyKey.key, timestamp: String(startMs), sign, window: "5000" };
  return bytesOf(true, `/v5/${random.pick(deeds)}`, payload, headers, random);
}

function bytesOf(posts: boolean, path: string, payload: string, headers: Headers, random: Random): Buffer {
  const lines = [
    `X-BAPI-API-KEY: ${headers.key}`,
    `x-bapi-timestamp:${headers.timestamp}`,
    `X-Bapi-Sign:   ${headers.sign}`,
    ...(headers.window === undefined ? [] : [`X-BAPI-RECV-WINDOW: ${headers.window}`]),
    `X-Junk: ${junkText(random)}`,
  ];
  const target = posts ? path : `${path}?${payload}`;
  return rawRequest({
    method: posts ? "POST" : "GET",
    target,
    headers: random.shuffle(lines),
    body: posts ? payload : "",
  });
}
