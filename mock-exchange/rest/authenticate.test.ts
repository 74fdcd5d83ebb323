import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { authenticate, type ApiKey } from "./authenticate.ts";
import { RetError } from "../protocol/ret-codes.ts";

const known: ApiKey = { key: "key-1", secret: "secret-1" };
const keys = [known, { key: "key-2", secret: "secret-2" }];
const now = 1_761_087_176_000;

/** A request as a correct client signs it; `change` is what is wrong with it. */
function request(payload: string, change: { at?: number; window?: string | null; sign?: string; key?: string } = {}) {
  const { at = now, window = "5000", key = known.key } = change;
  const timestamp = String(at);
  const sign = createHmac("sha256", known.secret)
    .update(`${timestamp}${key}${window ?? "5000"}${payload}`)
    .digest("hex");
  const headers = {
    "x-bapi-timestamp": timestamp,
    "x-bapi-api-key": key,
    "x-bapi-sign": change.sign ?? sign,
    ...(window === null ? {} : { "x-bapi-recv-window": window }),
  };
  return { headers, payload };
}

function refusal(check: () => unknown): { retCode: number; message: string } {
  try {
    check();
  } catch (error) {
    if (error instanceof RetError) return { retCode: error.retCode, message: error.message };
    throw error;
  }
  throw new Error("was accepted");
}

test("a request that is signed right is accepted, and it is known whose it is", () => {
  expect(authenticate(request("category=linear&symbol=BTCUSDT"), keys, now)).toBe(known);
});

test("the window is 5000 where the client names none", () => {
  expect(authenticate(request("", { window: null, at: now - 5_000 }), keys, now)).toBe(known);
  expect(refusal(() => authenticate(request("", { window: null, at: now - 5_001 }), keys, now)).retCode).toBe(10002);
});

test.each(["x-bapi-timestamp", "x-bapi-api-key", "x-bapi-sign"] as const)("10001 without %s", (missing) => {
  const { headers, payload } = request("");
  expect(refusal(() => authenticate({ headers: { ...headers, [missing]: "" }, payload }, keys, now))).toMatchObject({
    retCode: 10001,
    message: expect.stringMatching(/^empty value: apiTimestamp\[.*\] apiKey\[.*\] apiSignature\[.*\]$/) as string,
  });
});

describe("10002", () => {
  test.each([
    ["exactly as old as the window", now - 5_000, true],
    ["a millisecond older", now - 5_001, false],
    ["just under a second ahead", now + 999, true],
    ["a second ahead", now + 1_000, false],
  ])("a timestamp %s", (_what, at, accepted) => {
    const check = () => authenticate(request("", { at }), keys, now + 0.9);
    if (accepted) expect(check()).toBe(known);
    else expect(refusal(check).retCode).toBe(10002);
  });

  test("a wider window takes older requests, and none from further ahead", () => {
    expect(authenticate(request("", { at: now - 19_000, window: "20000" }), keys, now)).toBe(known);
    expect(refusal(() => authenticate(request("", { at: now + 1_000, window: "20000" }), keys, now)).retCode).toBe(
      10002,
    );
  });

  test("names both clocks and the window", () => {
    expect(refusal(() => authenticate(request("", { at: now - 6_000 }), keys, now)).message).toBe(
      "invalid request, please check your server timestamp or recv_window param. " +
        `req_timestamp[${now - 6_000}],server_timestamp[${now}],recv_window[5000]`,
    );
  });

  test.each(["soon", "NaN"])("a window or a timestamp that is no number: %s", (text) => {
    expect(refusal(() => authenticate(request("", { window: text }), keys, now)).retCode).toBe(10002);
    const { headers, payload } = request("");
    const worded = { headers: { ...headers, "x-bapi-timestamp": text }, payload };
    expect(refusal(() => authenticate(worded, keys, now)).retCode).toBe(10002);
  });
});

test("10003 for a key nobody has", () => {
  expect(refusal(() => authenticate(request("", { key: "key-9" }), keys, now))).toEqual({
    retCode: 10003,
    message: "API key is invalid.",
  });
});

describe("10004", () => {
  const signOf = (payload: string): string => request(payload).headers["x-bapi-sign"];

  test("for another secret, with the string that should have been signed", () => {
    expect(refusal(() => authenticate(request("a=1", { key: "key-2" }), keys, now))).toMatchObject({
      retCode: 10004,
      message: expect.stringContaining(`origin_string[${now}key-25000a=1]`) as string,
    });
  });

  test.each([
    ["other spacing of the same JSON", '{"a":1,"b":2}', '{"a": 1, "b": 2}'],
    ["another order of the same query", "a=1&b=2", "b=2&a=1"],
    ["another encoding of the same query", "cursor=a%3Ab", "cursor=a:b"],
  ])("for %s: only the bytes as sent count", (_what, sent, signed) => {
    expect(refusal(() => authenticate(request(sent, { sign: signOf(signed) }), keys, now)).retCode).toBe(10004);
    expect(authenticate(request(sent), keys, now)).toBe(known);
  });

  test.each([
    ["too short", "abc"],
    ["of the right length", "0".repeat(64)],
    ["of 64 characters that are not ASCII", "é".repeat(64)],
  ])("for a signature that is none, %s", (_what, sign) => {
    expect(refusal(() => authenticate(request("", { sign }), keys, now)).retCode).toBe(10004);
  });
});
