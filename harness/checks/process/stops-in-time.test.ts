import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import {
  clientStarted,
  closed,
  journalOf,
  line,
  opened,
  setting,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { stopsInTime } from "./stops-in-time.ts";

const endpoint = "exchange-public";
const judge = (...lines: Lines[]) => stopsInTime({ within: seconds(5) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), opened("22:00:02", "public-1", endpoint)];
const asked = line("22:05", "client.stopping", { signal: "SIGTERM", by: "operator" });
const exited = (time: string, signal: string | null = null) =>
  line(time, "client.exited", { pid: 1, code: signal === null ? 0 : null, signal, expected: true });
const shut = (time: string) => closed(time, "public-1", { endpoint, by: "client" });
const left = (time: string) => line(time, "client.left-behind", { pid: 7, command: "node connector" });

test("gone in time with everything closed passes, with the time of the last of it", () => {
  expect(judge(up, asked, exited("22:05:01"), shut("22:05:02"))).toMatchObject({
    verdict: "pass",
    measured: 2_000,
    message:
      "reference has closed everything and is gone within 5 s of being asked to stop: 2 s after it was asked to stop by SIGTERM at 22 Oct 02:05:00 UTC+4.",
  });
});

test("too late fails with its excuse", () => {
  expect(judge(up, asked, shut("22:05:01"), exited("22:05:08"))).toMatchObject({
    verdict: "fail",
    measured: 8_000,
    excuse: { latenessMs: 3_000 },
  });
});

test.each([
  ["killed", [shut("22:05:20"), exited("22:05:20", "SIGKILL")], "its process went on until it was killed after 20 s"],
  ["a process left", [shut("22:05:01"), left("22:05:01"), exited("22:05:01")], "it left 1 process running"],
  ["a connection left", [exited("22:05:01")], "public-1 stayed open"],
  ["never ended", [shut("22:05:01")], "its process never ended"],
])("%s fails, and no busy machine excuses it", (_, lines, text) => {
  const { verdict, message, excuse } = judge(up, asked, lines);
  expect({ verdict, excuse }).toEqual({ verdict: "fail", excuse: undefined });
  expect(message).toContain(text);
});

test("of two stops the worse is reported; a connection that was closed before is none", () => {
  const first = [asked, shut("22:05:01"), exited("22:05:01")];
  const second = [clientStarted("22:10"), stopped("22:11", "operator")];
  expect(judge(up, first, second)).toMatchObject({ verdict: "pass", measured: 1_000 });
});

test("the end of the run is no operator: not applicable", () => {
  expect(judge(up, stopped("22:05", "end-of-run")).verdict).toBe("unknown");
});
