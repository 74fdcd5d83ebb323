import { afterEach, expect, test, vi } from "vitest";
import { incidentClock } from "../../../core/clock.ts";
import { chooseTimeProvider } from "./choose.ts";
import { faketime } from "./faketime.ts";

const node = ["/usr/bin/node", "bot.js"];
const python = ["python3", "bot.py"];

/** As on a machine with or without libfaketime. */
const installed = (available: boolean): void =>
  void vi
    .spyOn(faketime, "availability")
    .mockResolvedValue(
      available
        ? { available, detail: "/lib/libfaketime.so.1" }
        : { available, why: "libfaketime is not installed", fix: "apt-get install faketime" },
    );
const chosen = async (...args: Parameters<typeof chooseTimeProvider>) => (await chooseTimeProvider(...args)).name;

afterEach(() => void vi.restoreAllMocks());

test("auto takes faketime where it is installed", async () => {
  installed(true);
  expect([await chosen("auto", "bot", node), await chosen("auto", "bot", python)]).toEqual(["faketime", "faketime"]);
});

test("auto takes the preload for a Node client whose date is moved at a speed at which libfaketime cannot", async () => {
  installed(true);
  const fast = incidentClock({ start: "2025-10-22", compression: 60 });
  const slow = incidentClock({ start: "2025-10-22", compression: 1 });
  expect([await chosen("auto", "bot", node, fast), await chosen("auto", "bot", node, slow)]).toEqual([
    "preload",
    "faketime",
  ]);
  expect(await chosen("auto", "bot", python, fast)).toBe("faketime");
});

test("auto takes the preload for a Node client where it is not", async () => {
  installed(false);
  expect(await chosen("auto", "bot", node)).toBe("preload");
});

test("auto has nothing for another program where it is not, and says what to do", async () => {
  installed(false);
  await expect(chosen("auto", "bot", python)).rejects.toThrow(
    /Cannot put the client bot on the incident clock: its command starts "python3", not node, .*apt-get install faketime/,
  );
});

test("what is asked for is taken", async () => {
  installed(true);
  expect(await chosen("preload", "bot", node)).toBe("preload");
  expect(await chosen("real", "bot", python)).toBe("real");
});

test("faketime that is missing is an error with the way to get it", async () => {
  installed(false);
  await expect(chosen("faketime", "bot", node)).rejects.toThrow(
    "Cannot use --time faketime: libfaketime is not installed. apt-get install faketime.",
  );
});

test("the preload for a program that is not node is an error that names it", async () => {
  await expect(chosen("preload", "bot", python)).rejects.toThrow(
    'Cannot use --time preload for the client bot: its command starts "python3"',
  );
});
