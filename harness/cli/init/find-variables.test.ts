import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "../../../test/support/firedrill.ts";
import { mappingOf, variablesBelow, variablesIn } from "./find-variables.ts";

test.each([
  ["const url = process.env.BYBIT_WS_URL ?? process.env['REST_URL'];", ["BYBIT_WS_URL", "REST_URL"]],
  ['url = os.environ["BYBIT_URL"]; key = os.getenv("API_KEY")', ["BYBIT_URL", "API_KEY"]],
  ['url := os.Getenv("FEED_URL")', ["FEED_URL"]],
  ['let url = env::var("WEBHOOK_URL");', ["WEBHOOK_URL"]],
  ["process.env.FIREDRILL_SYMBOLS", []],
])("%s reads %j", (text, names) => {
  expect(variablesIn(text).sort()).toEqual(names.toSorted());
});

test("a name is taken for what it most likely is; one that is none of the contract is left alone", () => {
  expect(
    mappingOf(["BYBIT_REST_URL", "BYBIT_WS_URL", "WS_PRIVATE_URL", "TRADE_WS", "SIGNAL_URL", "SIGNAL_TOKEN"]),
  ).toEqual({
    BYBIT_REST_URL: "{FIREDRILL_EXCHANGE_REST_URL}",
    BYBIT_WS_URL: "{FIREDRILL_EXCHANGE_PUBLIC_WS_URL}",
    WS_PRIVATE_URL: "{FIREDRILL_EXCHANGE_PRIVATE_WS_URL}",
    TRADE_WS: "{FIREDRILL_EXCHANGE_TRADE_WS_URL}",
    SIGNAL_URL: "{FIREDRILL_SIGNAL_WS_URL}",
    SIGNAL_TOKEN: "{FIREDRILL_SIGNAL_TOKEN}",
  });
  expect(mappingOf(["BYBIT_API_KEY", "BYBIT_API_SECRET", "DISCORD_WEBHOOK", "SYMBOLS", "LOG_LEVEL", "HOME"])).toEqual({
    BYBIT_API_KEY: "{FIREDRILL_API_KEY}",
    BYBIT_API_SECRET: "{FIREDRILL_API_SECRET}",
    DISCORD_WEBHOOK: "{FIREDRILL_WEBHOOK_URL}",
    SYMBOLS: "{FIREDRILL_SYMBOLS}",
  });
});

test("the sources of a project are looked at, and not what it depends on", async () => {
  const folder = await scratch();
  await mkdir(join(folder, "src"));
  await mkdir(join(folder, "node_modules/dep"), { recursive: true });
  await writeFile(join(folder, "src/bot.py"), 'os.environ["B_URL"]');
  await writeFile(join(folder, "node_modules/dep/index.js"), "process.env.NOT_MINE_URL");
  await writeFile(join(folder, "notes.txt"), "process.env.NO_SOURCE_URL");
  expect(await variablesBelow(folder)).toEqual(["B_URL"]);
});
