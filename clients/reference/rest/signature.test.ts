import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { signature } from "./signature.ts";

const credentials = { key: "key", secret: "secret" };

test("covers timestamp, key, window and payload as they are sent", () => {
  const headers = signature(credentials, 1_700_000_000_123.9, "category=linear&symbol=BTCUSDT");
  const { "X-BAPI-SIGN": sign, ...sent } = headers;
  expect(sent).toEqual({
    "X-BAPI-API-KEY": "key",
    "X-BAPI-TIMESTAMP": "1700000000123",
    "X-BAPI-RECV-WINDOW": "5000",
  });
  const text = "1700000000123key5000category=linear&symbol=BTCUSDT";
  expect(sign).toBe(createHmac("sha256", "secret").update(text).digest("hex"));
});

test("is another one for another moment, so a repeated attempt has to be signed anew", () => {
  const at = (ms: number) => signature(credentials, ms, "")["X-BAPI-SIGN"];
  expect(at(1_000)).not.toBe(at(1_001));
});
