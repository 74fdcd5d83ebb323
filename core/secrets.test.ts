import { expect, test } from "vitest";
import { redactCommand, Secrets } from "./secrets.ts";

const secrets = new Secrets();
secrets.addVariables({
  BYBIT_API_SECRET: "hunter2-hunter2",
  DB_PASSWORD: "abc.d*f",
  HOME: "/home/me",
  DEBUG_TOKEN: "1",
});
secrets.addCommand("python bot.py --api-key K3YK3Y --symbols BTCUSDT SIGNAL_TOKEN=t0k3n-t0k3n");

test.each([
  ["started with hunter2-hunter2", "started with ***"],
  ["password abc.d*f, home /home/me", "password ***, home /home/me"],
  ["K3YK3Y on BTCUSDT, t0k3n-t0k3n", "*** on BTCUSDT, ***"],
  ["posting to https://discord.com/api/webhooks/123/AbC-d now", "posting to https://discord.com/api/webhooks/*** now"],
  ["https://hooks.slack.com/services/T0/B0/xyz", "https://hooks.slack.com/services/***"],
  ["redis://me:pa55@host:6379", "redis://***@host:6379"],
  ["Authorization: Bearer eyJhbGciOi.J9", "Authorization: Bearer ***"],
  ['{"apiKey":"AbCd1234EfGh","qty":1}', '{"apiKey":"***","qty":1}'],
  ["api_secret = 'AbCd1234EfGh'", "api_secret = '***'"],
  // Words that are none.
  ["token: BTCUSDT expired, code 10004", "token: BTCUSDT expired, code 10004"],
  ["1 of 3 signals at 2025-10-21T23:06:00Z", "1 of 3 signals at 2025-10-21T23:06:00Z"],
])("%s", (text, shown) => {
  expect(secrets.redact(text)).toBe(shown);
});

test("what is deep within is found, by its own name too", () => {
  const seen = { event: "login", data: { secret: "whatever", list: ["hunter2-hunter2"], n: 5, none: null } };
  expect(secrets.redactAll(seen)).toEqual({ event: "login", data: { secret: "***", list: ["***"], n: 5, none: null } });
});

test.each([
  ["python bot.py --api-secret=abc --live", "python bot.py --api-secret=*** --live"],
  ["API_SECRET='xyz' node bot.js", "API_SECRET='***' node bot.js"],
  ["node bot.js --token t --symbol BTCUSDT", "node bot.js --token *** --symbol BTCUSDT"],
  ["node bot.js --symbol BTCUSDT", "node bot.js --symbol BTCUSDT"],
])("a command as it may be shown: %s", (command, shown) => {
  expect(redactCommand(command)).toBe(shown);
});
