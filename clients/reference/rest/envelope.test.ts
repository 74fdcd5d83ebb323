import { expect, test } from "vitest";
import { BadReply, Banned, Refused } from "./errors.ts";
import { envelopeOf } from "./envelope.ts";

const json = { "content-type": "application/json; charset=utf-8" };
const html = { "content-type": "text/html" };
const whole = '{"retCode":0,"retMsg":"OK","result":{"list":[]},"time":1}';
const read =
  (status: number, body: string, headers: Record<string, string> = json) =>
  () =>
    envelopeOf("GET /x", { status, headers, body });

test("a whole envelope with retCode 0 is an answer", () => {
  expect(read(200, whole)()).toMatchObject({ retCode: 0, result: { list: [] } });
});

test.each([
  ["a page with 200", 200, "<html><h1>System upgrade</h1></html>", html],
  ["JSON that is called HTML", 200, whole, html],
  ["half a body", 200, whole.slice(0, 30), json],
  ["an empty body", 200, "", json],
  ["null", 200, "null", json],
  ["a retCode that is no number", 200, '{"retCode":"0","result":{}}', json],
  ["no result", 200, '{"retCode":0,"retMsg":"OK"}', json],
  ["502 with an envelope", 502, whole, json],
  ["503", 503, "<html>503</html>", html],
])("%s is none", (_what, status, body, headers) => {
  expect(read(status, body, headers)).toThrow(BadReply);
});

test("403 is a ban, whatever its body says", () => {
  expect(read(403, whole)).toThrow(Banned);
});

test("another retCode is a refusal that says when, and that nothing was done", () => {
  expect(read(200, '{"retCode":10006,"retMsg":"Too many visits.","result":{},"time":7}')).toThrow(
    expect.objectContaining({ message: "10006 Too many visits.", retCode: 10006, saidAtMs: 7 }) as Error,
  );
  expect(new Refused(10006, "x").notDone).toBe(true);
  expect(new BadReply("GET /x", 502, "").notDone).toBe(false);
});

test("what is quoted of a page is short", () => {
  expect(read(502, "x".repeat(100_000), html)).toThrow(/^GET \/x: HTTP 502, not an envelope: "x{80}"$/);
});
