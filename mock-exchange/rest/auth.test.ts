/** Who is let in, and what the others are answered: keys, signatures, clocks, permissions, gateway limits. */

import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { key, openStage, read, type Answer, type Stage } from "../testing/exchange.ts";

let stage: Stage;
afterEach(() => stage.close());

const path = "/v5/account/info";
const nowMs = (): number => Math.floor(stage.exchange.state.clock.now());
const ask = async (headers: Record<string, string>): Promise<Answer> =>
  read(await fetch(`${stage.exchange.restUrl}${path}`, { headers }));
const signed = (
  timestamp: number,
  change: Record<string, string> = {},
  recvWindow = "5000",
): Record<string, string> => ({
  "X-BAPI-API-KEY": key.key,
  "X-BAPI-TIMESTAMP": String(timestamp),
  "X-BAPI-SIGN": createHmac("sha256", key.secret).update(`${timestamp}${key.key}${recvWindow}`).digest("hex"),
  ...change,
});

test("headers: missing, unknown key, bad signature, clock off, default window", async () => {
  stage = await openStage();
  expect(await ask({})).toMatchObject({
    status: 200,
    retCode: 10001,
    retMsg: "empty value: apiTimestamp[] apiKey[] apiSignature[]",
  });
  expect(await ask(signed(nowMs(), { "X-BAPI-API-KEY": "other" }))).toMatchObject({
    retCode: 10003,
    retMsg: "API key is invalid.",
  });
  const bad = await ask(signed(nowMs(), { "X-BAPI-SIGN": "00" }));
  expect(bad.retMsg).toMatch(
    /^Error sign, please check your signature generation algorithm: origin_string\[\d{13}test-key5000\]$/,
  );
  const behind = await ask(signed(nowMs() - 6_000));
  expect(behind.retMsg).toMatch(
    /^invalid request, .*req_timestamp\[\d+\],server_timestamp\[\d+\],recv_window\[5000\]$/,
  );
  expect((await ask(signed(nowMs() + 2_000, { "X-BAPI-RECV-WINDOW": "60000" }, "60000"))).retCode).toBe(10002);
  expect((await ask(signed(nowMs()))).retCode).toBe(0);
});

test("an RSA key signs in base64", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const rsaPublicKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  stage = await openStage({ keys: [{ key: "rsa", secret: "", rsaPublicKey }] });
  const timestamp = nowMs();
  const sign = createSign("RSA-SHA256").update(`${timestamp}rsa5000`).sign(privateKey, "base64");
  const headers = { "X-BAPI-API-KEY": "rsa", "X-BAPI-TIMESTAMP": String(timestamp), "X-BAPI-SIGN": sign };
  expect((await ask(headers)).retCode).toBe(0);
  const other = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey;
  const forged = createSign("RSA-SHA256").update(`${timestamp}rsa5000`).sign(other, "base64");
  expect((await ask({ ...headers, "X-BAPI-SIGN": forged })).retCode).toBe(10004);
});

test("permissions: read-only, spot only, expired", async () => {
  const reader = { key: "reader", secret: "s", readOnly: true };
  const spot = { key: "spot", secret: "s", permissions: { Spot: ["SpotTrade"] } };
  const old = { key: "old", secret: "s", expiresMs: 1 };
  stage = await openStage({ keys: [reader, spot, old] });
  const order = { symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "50" };
  const create = (category: string, signer: typeof reader | typeof spot): Promise<Answer> =>
    stage.post("/v5/order/create", { ...order, category }, signer);
  expect(await create("spot", reader)).toMatchObject({
    status: 200,
    retCode: 10005,
    retMsg: "Permission denied, please check your API key permissions.",
  });
  expect((await stage.get(path, {}, reader)).retCode).toBe(0);
  expect((await create("spot", spot)).retCode).toBe(0);
  expect((await create("linear", spot)).retCode).toBe(10005);
  expect((await stage.get(path, {}, old)).retCode).toBe(33004);
});

test("a key that is bound to an address is refused from elsewhere", async () => {
  const elsewhere = { key: "elsewhere", secret: "s", ips: ["10.0.0.1"] };
  const here = { key: "here", secret: "s", ips: ["10.0.0.1", "127.0.0.1"] };
  stage = await openStage({ keys: [elsewhere, here] });
  expect(await stage.get(path, {}, elsewhere)).toMatchObject({
    status: 200,
    retCode: 10010,
    retMsg: "Unmatched IP, please check your API key's bound IP addresses.",
  });
  const { result } = await stage.get("/v5/user/query-api", {}, here);
  expect(result.ips).toEqual(here.ips);
});

test("a key that is bound to symbols trades no other, in a batch neither", async () => {
  const bound = { key: "bound", secret: "s", symbols: ["BTCUSDT"] };
  stage = await openStage({ keys: [bound] });
  const order = { side: "Buy", orderType: "Market", qty: "1" };
  const create = (symbol: string): Promise<Answer> =>
    stage.post("/v5/order/create", { ...order, category: "linear", symbol }, bound);
  expect((await create("BTCUSDT")).retCode).toBe(0);
  expect(await create("ETHUSDT")).toMatchObject({
    retCode: 10029,
    retMsg: "The requested symbol is invalid, please check symbol whitelist",
  });
  const request = ["BTCUSDT", "ETHUSDT"].map((symbol) => ({ ...order, symbol }));
  expect((await stage.post("/v5/order/create-batch", { category: "linear", request }, bound)).retCode).toBe(10029);
  expect((await stage.get("/v5/position/list", { category: "linear", symbol: "ETHUSDT" }, bound)).retCode).toBe(0);
});

test("the gateway: 601 requests in five seconds get a page", async () => {
  stage = await openStage({}, { held: true });
  const url = `${stage.exchange.restUrl}/v5/market/time`;
  for (let batch = 0; batch < 12; batch += 1) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(url)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  }
  const refused = await fetch(url);
  expect(refused.status).toBe(403);
  expect(refused.headers.get("content-type")).toMatch(/text\/html/);
  expect(await refused.text()).toMatch(/^<html>[^]*403 Forbidden/);
  expect(stage.journal.view().last("exchange.request")).toMatchObject({ status: 403, retCode: null });
});

test.each([{ "Content-Length": "2" }, { "Transfer-Encoding": "chunked" }])(
  "the gateway takes a body on a GET for an attack: %o",
  async (headers) => {
    stage = await openStage();
    const asked = request(`${stage.exchange.restUrl}/v5/market/time`, { method: "GET", headers });
    asked.end("{}");
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(403);
  },
);

test("a signature is over the bytes of a body, also where they are no text; then the body is refused", async () => {
  stage = await openStage();
  const body = Buffer.from([...Buffer.from('{"category":"'), 0xff, ...Buffer.from('"}')]);
  const timestamp = nowMs();
  const origin = Buffer.concat([Buffer.from(`${timestamp}${key.key}5000`), body]);
  const headers = signed(timestamp, { "X-BAPI-SIGN": createHmac("sha256", key.secret).update(origin).digest("hex") });
  const url = `${stage.exchange.restUrl}/v5/order/create`;
  const answer = await read(await fetch(url, { method: "POST", headers, body }));
  expect(answer).toMatchObject({ retCode: 10001, retMsg: "params error: body is not a JSON object" });
});

test("unknown paths and wrong methods", async () => {
  stage = await openStage();
  const unknown = await read(await fetch(`${stage.exchange.restUrl}/v5/nowhere`));
  expect(unknown).toMatchObject({ status: 404, retCode: 10017, retMsg: "Route not found." });
  expect((await fetch(`${stage.exchange.restUrl}/v5/order/create`)).status).toBe(400);
  expect((await fetch(`${stage.exchange.restUrl}/v5/market/time`, { method: "HEAD" })).status).toBe(400);
});
