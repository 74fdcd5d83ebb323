/** Bytes that are no HTTP request, or one that lies about its length. */

import type { Random } from "../../../core/random.ts";
import { kind, type LoneCase } from "../support/case.ts";
import { junkText } from "../support/junk.ts";
import { rawRequest, signature } from "../support/requests.ts";

type Maker = (random: Random) => [text: string | Buffer, want: LoneCase["want"]];

const path = "/v5/market/time";
const get = (line: string, ...headers: string[]): string => [line, "Host: a", ...headers, "", ""].join("\r\n");
const post = (...headers: string[]): string => get("POST /v5/order/create HTTP/1.1", ...headers);
const control = (random: Random): string => String.fromCharCode(random.pick([0, 1, 7, 8, 11, 14, 27, 127]));

/** What a TLS client or a scanner sends to a plain port. */
const noise = (random: Random): Buffer => {
  const bytes = Buffer.from(Array.from({ length: random.integer(1, 300) }, () => random.integer(0, 255)));
  bytes[0] = random.integer(128, 255);
  return bytes;
};

const badChunks = ["zz\r\nabc\r\n", "-1\r\n", "5\r\nab", `${"f".repeat(20)}\r\na`, "2\r\nabc\r\n0\r\n\r\n"];
const badLengths = ["-1", "x", "1e3", "0x10", "9".repeat(30), "1 2", "+5", "1,2"];
const badHeaders = ["no colon here", ": no name", "a b: c", "X\0: y", "(x): y", "x : z"];
const badTargets = ["*", "http://", "http://[::1", "//", "/%zz", "/%", "/%E0%A4%A"];

const makers: readonly Maker[] = [
  (random) => [noise(random), [400]],
  (random) => [
    get(`${random.pick(["get", "Get", "GETT", "G ET", "\xc0\xaf", junkText(random)])} ${path} HTTP/1.1`),
    [400],
  ],
  (random) => [get(`GET ${path} ${random.pick(["HTTP/9.9", "HTTP/1", "HTP/1.1", "HTTP/1.1 x"])}`), [400]],
  (random) => [get(`GET ${path}${control(random)} HTTP/1.1`), [400]],
  (random) => [get(`GET /v5/${random.pick(["\xbd", "\xff\xfe", "\xe9"])} HTTP/1.1`), [400]],
  (random) => [get(`GET ${path} HTTP/1.1`, `X-A: ${junkText(random)}${control(random)}b`), [400]],
  (random) => [get(`GET ${path} HTTP/1.1`, random.pick(badHeaders)), [400]],
  (random) => [get(`GET ${path} HTTP/1.1`, `X-A: ${"a".repeat(random.integer(17_000, 60_000))}`), [431]],
  (random) => [get(`GET ${path}?${"a".repeat(random.integer(17_000, 60_000))} HTTP/1.1`), [431]],
  () => [`GET ${path} HTTP/1.1\r\n\r\n`, [400]],
  (random) => [post(`Content-Length: ${random.pick(badLengths)}`), [400]],
  (random) => [post("Content-Length: 5", `Content-Length: ${random.integer(6, 99)}`), [400]],
  (random) => [post("Content-Length: 5", "Transfer-Encoding: chunked") + junkText(random), [400]],
  (random) => [post("Transfer-Encoding: chunked") + random.pick(badChunks), [400]],
  (random) => [post(`Transfer-Encoding: ${random.pick(["gzip", "chunked, gzip", "identity"])}`), [400]],
  // Says more than it sends, then leaves.
  (random) => [post(`Content-Length: ${random.integer(3_000, 900_000)}`) + junkText(random), [400]],
  // A request line, or half of one, and nothing more.
  (random) => [`GET ${path} HTTP/1.1\r\nHost: a\r\n`.slice(0, random.integer(1, 40)), [400]],
  () => [get(`CONNECT a:1 HTTP/1.1`), ["closed"]],
  (random) => [get(`HEAD ${path} HTTP/1.1`, `X-A: ${junkText(random)}`), [400]],
  (random) => [get(`GET ${random.pick(badTargets)} HTTP/1.1`), [400, 404]],
  (random) => [get(`QUERY ${path} HTTP/1.1`, `X-A: ${junkText(random)}`), [400]],
  // A body on a GET is an attack to the gateway, whichever way its length is given.
  (random) => [rawRequest({ method: "GET", target: path, body: random.pick(["{}", "[]", junkText(random)]) }), [403]],
  () => [`${get(`GET ${path} HTTP/1.1`, "Transfer-Encoding: chunked")}2\r\n{}\r\n0\r\n\r\n`, [403]],
  (random) => [get(`GET ${path} HTTP/1.1`, `Expect: ${junkText(random)}`), [417]],
  (random) => {
    const signed = signature("{}");
    const headers = [...signed, random.pick(signed)];
    return [rawRequest({ method: "POST", target: "/v5/order/create", headers, body: "{}" }), [200]];
  },
];

export default kind({
  surface: "rest-alone",
  cases: 5_000,
  make(random) {
    const [text, want] = random.pick(makers)(random);
    return { bytes: typeof text === "string" ? Buffer.from(text, "latin1") : text, want };
  },
});
