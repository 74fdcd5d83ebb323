/**
 * A trial says the same alone as after others, because what they did is spent or gone by then; and of a client that one
 * of them breaks, the next gets a new one. Played with a client of one connection, which the reference does not resemble.
 */

import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";

const bot = fileURLToPath(new URL("../fixtures/shaped/bot.mjs", import.meta.url));

async function play(names: string[], fault = ""): Promise<Record<string, string>> {
  const output = await scratch();
  const command = `node ${bot}${fault}`;
  const ended = await firedrill(["run", ...names, "--command", command, "--role", "market-data", "--output", output]);
  const { results } = await resultOf(output).catch(() => {
    throw new Error(`no result:\n${ended.stdout}\n${ended.stderr}`);
  });
  return Object.fromEntries(
    results.map(({ trial, verdict, checks }) => {
      const failed = checks.filter((check) => check.verdict === "fail").map(({ name }) => name);
      return [trial ?? "", [verdict, ...failed].join(" ")];
    }),
  );
}

it("a client with one connection is judged, and survives", async () => {
  expect(await play(["stream-close-codes"])).toEqual({
    ...{ 1000: "pass", 1001: "pass", 1008: "pass", 1011: "pass", 1012: "pass" },
  });
});

it("what breaks it is its failure, the trials after that have a new one, and each says the same alone", async () => {
  const codes = ["1000", "1001", "1008"];
  const together = await play(
    codes.map((code) => `stream-close-codes/${code}`),
    " --gives-up-at=1001",
  );
  expect(together).toEqual({
    1000: "pass",
    1001: "fail back redials resubscribes one-subscription-each",
    1008: "pass",
  });
  for (const code of codes) {
    expect(await play([`stream-close-codes/${code}`], " --gives-up-at=1001")).toEqual({ [code]: together[code] });
  }
});

it("one that never comes to rest is unplayable, and it is said what was seen", async () => {
  const output = await scratch();
  const args = ["run", "stream-close-codes/1000", "--command", "node -e 'setInterval(() => {}, 1000)'"];
  const ended = await firedrill([...args, "--output", output]);
  expect(ended.code).toBe(2);
  expect((await resultOf(output)).results).toMatchObject([
    {
      ...{ verdict: "unplayable", valid: true, checks: [] },
      reason: expect.stringMatching(
        /did not settle within 5 min: it had nothing; missing was any connection/,
      ) as string,
    },
  ]);
});
