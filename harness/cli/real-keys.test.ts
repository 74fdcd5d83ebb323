import { expect, test } from "vitest";
import { realKeysFor } from "./real-keys.ts";

const some = { HOME: "/home/me", BYBIT_API_KEY: "k", MY_BYBIT_SECRET: "s", EXCHANGE_KEY: "", FIREDRILL_API_KEY: "f" };

test("names what looks like an exchange's keys and would reach the client", () => {
  expect(realKeysFor({}, some)).toEqual(["BYBIT_API_KEY", "MY_BYBIT_SECRET"]);
  expect(realKeysFor({}, { API_KEY: "k", API_SECRET: "s", AWS_SECRET_ACCESS_KEY: "a", BYBIT_URL: "u" })).toEqual([
    "API_KEY",
    "API_SECRET",
  ]);
});

test("what the client's config sets does not come from there", () => {
  expect(realKeysFor({ env: { BYBIT_API_KEY: "{FIREDRILL_API_KEY}" } }, some)).toEqual(["MY_BYBIT_SECRET"]);
});
