import { expect, test } from "vitest";
import { parseRequest } from "./request.ts";

test.each([
  ['"kline.1.BTCUSDT"', "kline.1.BTCUSDT"],
  ["7", "7"],
  ["true", "true"],
  ["null", "[object Null]"],
  ['{"toString":1,"valueOf":null}', "[object Object]"],
  [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "[object Array]"],
])("an arg is a topic's name, whatever it is made of: %#", (json, name) => {
  expect(parseRequest(`{"op":"subscribe","args":[${json}]}`)).toEqual({
    op: "subscribe",
    reqId: undefined,
    args: [name],
  });
});
