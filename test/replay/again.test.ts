/**
 * What can be done with a run besides playing it: again until it passes, its story, another format, parts joined to one, a
 * watched folder; and the files that a new user begins with.
 */

import { existsSync } from "node:fs";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { firedrill, resultOf, scratch, start } from "../support/firedrill.ts";

vi.setConfig({ testTimeout: 300_000 });

/** Believes that a stream which was closed with 1000 is not needed any more; with `--again` it does not. */
const bot = `
const topics = process.env.FIREDRILL_SYMBOLS.split(",").map((symbol) => "tickers." + symbol);
function connect() {
  const socket = new WebSocket(process.env.FIREDRILL_EXCHANGE_PUBLIC_WS_URL);
  socket.onopen = () => socket.send(JSON.stringify({ op: "subscribe", args: topics }));
  socket.onclose = ({ code }) => {
    if (code !== 1000 || process.argv.includes("--again")) setTimeout(connect, 1_000);
  };
}
console.log("up");
connect();
`;
const trial = "stream-close-codes/1000";
const firstTimeOnly = "if [ -e seen ]; then exec node bot.mjs --again; else touch seen; exec node bot.mjs; fi";

async function folderWithBot(): Promise<string> {
  const cwd = await scratch();
  await writeFile(join(cwd, "bot.mjs"), bot);
  return cwd;
}

it("what passes only when it is played again is flaky: said, a failure unless allowed, and every attempt is kept", async () => {
  const cwd = await folderWithBot();
  const output = join(cwd, "out");
  const args = ["run", trial, "--command", firstTimeOnly, "--retries", "2", "--output", output];
  const { code, stdout } = await firedrill(args, { cwd });
  expect(stdout).toContain(`✓ ${trial} × command (attempt 2)  pass`);
  expect(stdout).toContain("1 flaky");
  expect(code).toBe(1);
  const { results } = await resultOf(output);
  expect(results.map(({ attempt, verdict }) => [attempt, verdict])).toEqual([
    [1, "fail"],
    [2, "pass"],
  ]);
  expect(new Set(results.map(({ journal }) => journal)).size).toBe(2);
  for (const { journal } of results) {
    const path = join(output, journal ?? "");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  }
  expect((await firedrill(["judge", output], { cwd })).code).toBe(1);

  const shown = await firedrill(["show", output], { cwd });
  expect(shown.stdout).toMatch(/What happened\n.* :\d+ +client started\n/);
  expect(shown.stdout).toMatch(/What was lost, and how it came back\n.*public-1 \(closed\): .*never back/);
  expect(shown.stdout).toMatch(/The last lines of its log\n {4}\S+T\S+\+00:00 out up/);
  // eslint-disable-next-line no-control-regex -- where there is no terminal there are no colours
  expect(shown.stdout).not.toMatch(/\u001b/);
  const xml = (await firedrill(["report", output, "--reporter", "junit"], { cwd })).stdout;
  expect(xml.match(/<testcase /g)).toHaveLength(2);
  expect(xml).toContain(`<failure message="back: Expected command to be back`);

  await rm(join(cwd, "seen"));
  const allowed = await firedrill([...args.slice(0, -1), join(cwd, "allowed"), "--allow-flaky"], { cwd });
  expect(allowed.stdout).toContain("1 flaky");
  expect(allowed.code).toBe(0);
});

it("parts of a run are joined to one, which is judged as one; the same part twice is a mistake", async () => {
  const cwd = await folderWithBot();
  const part = (n: number) =>
    firedrill(
      ["run", trial, "stream-reset/fin", "--command", "node bot.mjs", "--shard", `${n}/2`, "--output", `part-${n}`],
      { cwd },
    );
  const codes = [(await part(1)).code, (await part(2)).code];
  expect(codes.toSorted()).toEqual([0, 1]);
  const merged = await firedrill(["merge", "part-1", "part-2", "--output", "whole", "--reporter", "junit"], { cwd });
  expect(merged.code).toBe(1);
  expect(merged.stdout.match(/<testcase /g)).toHaveLength(2);
  const whole = await resultOf(join(cwd, "whole"));
  expect(whole.results.map(({ scenario, verdict }) => [scenario, verdict]).toSorted()).toEqual([
    ["stream-close-codes", "fail"],
    ["stream-reset", "pass"],
  ]);
  // Its journals are where it says, as they were written.
  const judged = await firedrill(["judge", "whole", "--json"], { cwd });
  expect((JSON.parse(judged.stdout) as { verdict: string }[]).map(({ verdict }) => verdict).toSorted()).toEqual([
    "fail",
    "pass",
  ]);

  const twice = await firedrill(["merge", "part-1", "part-1", "--output", "twice"], { cwd });
  expect(twice.stderr).toMatch(/part-1 both have .* × command, so it is not known which one counts/);
  expect(twice.code).toBe(64);
  const none = await firedrill(["merge", "part-3"], { cwd });
  expect(none.stderr).toContain("part-3 is no finished run: it has no result.json.");
  expect(none.code).toBe(64);
});

it("--watch plays again when a file changes, and ends with an interrupt", async () => {
  const cwd = await folderWithBot();
  const { child, done } = start(["run", trial, "--command", "node bot.mjs --again", "--watch"], { cwd });
  let printed = "";
  const said = (text: string, times: number) =>
    vi.waitFor(() => expect(printed.split(text).length - 1).toBe(times), { timeout: 200_000, interval: 100 });
  child.stderr?.on("data", (chunk: string) => (printed += chunk));
  await said("Watching ", 1);
  await utimes(join(cwd, "bot.mjs"), new Date(), new Date());
  await said("bot.mjs has changed, so it is played again.", 1);
  await said("Watching ", 2);
  child.kill("SIGINT");
  const { code, stdout } = await done;
  expect(code).toBe(130);
  expect(stdout.match(/1 pass/g)).toHaveLength(2);
});

it("init writes what plays, finds the variables that a bot reads, and overwrites nothing", async () => {
  const cwd = await folderWithBot();
  await writeFile(join(cwd, "feed.py"), 'os.environ["BYBIT_WS_URL"]');
  const asked = await firedrill(["init"], { cwd });
  expect(asked.stderr).toContain("There is nobody to ask for the command that starts the bot.");
  expect(asked.code).toBe(64);
  const made = await firedrill(["init", "--command", "node bot.mjs --again", "--name", "my-bot"], { cwd });
  expect(made.stdout).toContain("BYBIT_WS_URL is set to {FIREDRILL_EXCHANGE_PUBLIC_WS_URL}");
  expect(made.code).toBe(0);
  const config = await readFile(join(cwd, "firedrill.config.ts"), "utf8");
  expect(config).toContain('command: "node bot.mjs --again"');
  expect(existsSync(join(cwd, "drills/scenarios/first-drill.ts"))).toBe(true);
  const again = await firedrill(["init", "--command", "x"], { cwd });
  expect(again.stderr).toMatch(/firedrill\.config\.ts and .* are there already\. Move it away/);
  expect(await readFile(join(cwd, "firedrill.config.ts"), "utf8")).toBe(config);
});

it("a tag chooses scenarios, and one that there is not is a mistake", async () => {
  const cwd = await folderWithBot();
  const none = await firedrill(["run", "--tag", "report-z", "--command", "node bot.mjs"], { cwd });
  expect(none.stderr).toMatch(/Unknown tag "report-z"\. Did you mean "report-[a-e]"\?/);
  expect(none.code).toBe(64);
});
