import { afterEach, expect, test, vi } from "vitest";
import type { ClientSpec } from "./client-spec.ts";
import { clientEnvironment } from "./environment.ts";

const contract = {
  FIREDRILL_SIGNAL_WS_URL: "ws://127.0.0.1:1",
  FIREDRILL_EXCHANGE_REST_URL: "http://127.0.0.1:2",
} as const;
const client = (env?: Record<string, string>): ClientSpec => ({
  name: "bot",
  summary: "",
  roles: ["signals"],
  command: ["node", "bot.js"],
  ...(env === undefined ? {} : { env }),
});
const environment = (env?: Record<string, string>) => clientEnvironment(client(env), contract, "Asia/Dubai");

afterEach(() => void vi.unstubAllEnvs());

test("a client gets the contract's variables and the scenario's time zone", () => {
  expect(environment()).toMatchObject({ ...contract, TZ: "Asia/Dubai" });
});

test("its own names are filled in from the contract's, anywhere in a value and more than once", () => {
  const template = "{FIREDRILL_EXCHANGE_REST_URL}/v5?ws={FIREDRILL_SIGNAL_WS_URL}&again={FIREDRILL_SIGNAL_WS_URL}";
  expect(environment({ BYBIT_URL: template, MODE: "live {x}" })).toMatchObject({
    BYBIT_URL: "http://127.0.0.1:2/v5?ws=ws://127.0.0.1:1&again=ws://127.0.0.1:1",
    MODE: "live {x}",
  });
});

test("its own variables win", () => {
  expect(environment({ TZ: "UTC" })).toMatchObject({ TZ: "UTC" });
});

test("an unknown variable is an error that names client and variable, and suggests the nearest", () => {
  expect(() => environment({ FEED: "{FIREDRILL_SIGNAL_WS_URI}" })).toThrow(
    "The client bot maps FEED to {FIREDRILL_SIGNAL_WS_URI}, which this scenario does not set. Did you mean {FIREDRILL_SIGNAL_WS_URL}? " +
      "Set are: FIREDRILL_SIGNAL_WS_URL, FIREDRILL_EXCHANGE_REST_URL.",
  );
});

test("it inherits the user's environment, without Firedrill's own switches", () => {
  vi.stubEnv("LANG", "eo");
  vi.stubEnv("FIREDRILL_SEED", "1");
  vi.stubEnv("FIREDRILL_REQUIRE", "faketime");
  const seen = environment();
  expect(seen.LANG).toBe("eo");
  expect(Object.keys(seen).filter((name) => name.startsWith("FIREDRILL_"))).toEqual(Object.keys(contract));
});
