/** With rate limits on, nonsense counts like sense: it opens no bucket of its own, and too much of it is refused. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { random } from "../../core/random.ts";
import { inherited, junkText } from "./support/junk.ts";
import { talk } from "./support/http-wire.ts";
import { rawRequest, signedPost } from "./support/requests.ts";
import { openStage, startMs, type Stage } from "./support/stage.ts";
import { ending, isEnding, login } from "./support/streams.ts";
import { converse, frame, upgradeRequest } from "./support/ws-wire.ts";

const draw = random("limits");
const perAddress = 600;
const perSecond = 10;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test("orders of junk categories share one bucket, by REST and by the trade stream", async () => {
  const categories = [...inherited, ...Array.from({ length: 54 }, () => junkText(draw))];
  const requests = categories.map((category) => signedPost("/v5/order/create", JSON.stringify({ category })));
  const { replies } = await talk(stage.limited.rest, Buffer.concat(requests), requests.length);
  const seen = replies.map(({ body }) => body.slice(0, body.indexOf(',"result"')));
  const refused = '{"retCode":10001,"retMsg":"Illegal category"';
  const limited = '{"retCode":10006,"retMsg":"Too many visits. Exceeded the API Rate Limit."';
  expect(seen).toEqual(categories.map((_, i) => (i < perSecond ? refused : limited)));
  for (const [i, { head }] of replies.entries()) {
    expect(/^x-bapi-limit: (.*)$/im.exec(head)?.[1]).toBe(String(perSecond));
    expect(/^x-bapi-limit-status: (.*)$/im.exec(head)?.[1]).toBe(String(Math.max(perSecond - 1 - i, 0)));
    expect(Number(/^x-bapi-limit-reset-timestamp: (.*)$/im.exec(head)?.[1])).toBeGreaterThanOrEqual(startMs);
  }

  const header = { "X-BAPI-TIMESTAMP": startMs };
  const order = frame(JSON.stringify({ op: "order.create", header, args: [{ category: "linear", symbol: "?" }] }));
  const bytes = Buffer.concat([upgradeRequest("/v5/trade"), login("/v5/trade"), order, ending]);
  const { texts } = await converse(stage.limited.trade, bytes, isEnding);
  expect(texts[1]).toContain(limited.slice(1));
});

test("the trade stream stops listening after 3,000 requests in a second, whatever they say", async () => {
  const junk = Array.from({ length: 3_100 }, () => frame(JSON.stringify({ op: junkText(draw), args: [] })));
  const bytes = Buffer.concat([upgradeRequest("/v5/trade"), login("/v5/trade"), ...junk, ending]);
  const { texts } = await converse(stage.limited.trade, bytes, isEnding);
  const codes = texts.slice(1, -1).map((text) => (JSON.parse(text) as { retCode: number }).retCode);
  // One of the address's requests was spent above.
  expect(codes).toEqual(junk.map((_, i) => (i < 2_999 ? 10_404 : 10_403)));
});

test("an address that asks for nonsense 600 times is shown the gateway's page, and stays there", async () => {
  const request = (): Buffer => rawRequest({ method: "GET", target: `/v5/${junkText(draw)}` });
  const requests = Array.from({ length: perAddress }, request);
  const { replies } = await talk(stage.limited.rest, Buffer.concat(requests), requests.length);
  const spent = 60;
  expect(replies.map(({ status }) => status)).toEqual(requests.map((_, i) => (i < perAddress - spent ? 404 : 403)));
  expect(replies.at(-1)?.body).toContain("<title>403 Forbidden</title>");
  const right = await talk(stage.limited.rest, rawRequest({ method: "GET", target: "/v5/market/time" }), 1);
  expect(right.replies.map(({ status }) => status)).toEqual([403]);
});
