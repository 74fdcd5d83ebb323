/** What a user sees who gets it wrong, and the exit codes of the contract. */

import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";

const project = fileURLToPath(new URL("../fixtures/project/", import.meta.url));

/** One sentence or two with what to do, the exit code, and no stack trace. */
async function expectMistake(args: readonly string[], code: number, message: RegExp, cwd?: string): Promise<void> {
  const output = await scratch();
  const ended = await firedrill(args, { ...(cwd === undefined ? {} : { cwd }), env: { FIREDRILL_OUTPUT: output } });
  const seen = ended.stdout + ended.stderr;
  expect(seen).toMatch(message);
  expect(seen).not.toMatch(/^\s+at .*[:(]\d+/m);
  expect(ended.code).toBe(code);
}

describe("mistakes of a user", () => {
  it("an unknown scenario suggests the nearest", () =>
    expectMistake(
      ["run", "signal-close-100"],
      64,
      /Unknown scenario "signal-close-100"\. Did you mean "signal-close-1000"\?/,
    ));
  it("an unknown client suggests the nearest", () =>
    expectMistake(["run", "--client", "refrence"], 64, /Unknown client "refrence"\. Did you mean "reference"\?/));
  it("an unknown flag suggests the nearest", () =>
    expectMistake(["run", "--jbos", "2"], 64, /unknown option '--jbos'\s+\(Did you mean --jobs\?\)/));
  it("an unknown command suggests the nearest", () =>
    expectMistake(["rnu"], 64, /unknown command 'rnu'\s+\(Did you mean run\?\)/));
  it("an unknown reporter", () =>
    expectMistake(["run", "--reporter", "jsn"], 64, /Unknown reporter "jsn"\. Did you mean "json"\?/));
  it("an unknown proxy engine", () =>
    expectMistake(["run", "--proxy", "embeded"], 64, /Unknown proxy engine "embeded"\. Did you mean "embedded"\?/));
  it("a Toxiproxy that does not answer", () =>
    expectMistake(
      ["run", "--proxy", "http://127.0.0.1:9"],
      64,
      /Cannot use the Toxiproxy at http:\/\/127\.0\.0\.1:9: .+--proxy embedded/,
    ));
  it("an impossible time provider", () =>
    expectMistake(
      ["run", "short-close", "--time", "leap", "--proxy", "http://127.0.0.1:9"],
      64,
      /Cannot use --time leap with a proxy that is not on the clock/,
      project,
    ));
  it("--client and --command together", () =>
    expectMistake(["run", "--client", "reference", "--command", "x"], 64, /exclude each other/));
  it("a command that does not exist", () =>
    expectMistake(
      ["run", "short-close", "--command", "no-such-bot --live"],
      64,
      /Cannot start the client: .*no-such-bot.*Check its command/,
      project,
    ));
  it("a client that exits at once makes the run invalid", () =>
    expectMistake(
      ["run", "short-close", "--command", "echo no config found; exit 3"],
      3,
      /The client exited with code 3 before it had the initial batch of signals\. Its last line: "no config found"/,
      project,
    ));
  it("a client that dies of an error is reported by that error, not by Node's version", () =>
    expectMistake(
      ["run", "short-close", "--command", "node -e 'throw new RangeError(`no key`)'"],
      3,
      /The client exited with code 1 before .+ Its error: "RangeError: no key"\./,
      project,
    ));
  it("a run that is not there", () => expectMistake(["judge", "no-such-run"], 64, /There is no run at .*no-such-run/));

  it("an unknown key in the config suggests the nearest", async () => {
    const folder = await scratch();
    await writeFile(join(folder, "firedrill.config.ts"), "export default { clinets: {} };");
    await expectMistake(["list"], 64, /unknown key "clinets"\. Did you mean "clients"\?/, folder);
  });
  it("a program of the config that does not exist", async () => {
    const folder = await scratch();
    await writeFile(
      join(folder, "firedrill.config.ts"),
      'export default { clients: { bot: { command: ["no-such-bot"], roles: ["signals"] } } };',
    );
    await expectMistake(
      ["run", "signal-close-1000", "--client", "bot"],
      64,
      /Cannot start the client bot: there is no program "no-such-bot" on the PATH/,
      folder,
    );
  });
  it.each(["signal", "exchange"])("the port of the mock %s is in use", async (mock) => {
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await expectMistake(
      ["mock", mock, "--port", String(port)],
      64,
      /cannot listen on 127\.0\.0\.1:\d+: .*choose another with --port/,
    );
  });
});

describe("a user's own project", () => {
  it("is invalid where a fault never met traffic, and says what never came", async () => {
    const output = await scratch();
    const ended = await firedrill(["run", "short-close", "--client", "mute", "--output", output], { cwd: project });
    expect(ended.stdout).toMatch(
      /server\.signal-close-on-request was armed from .* but never landed: .* request from the client never came/,
    );
    expect(ended.code).toBe(3);
    const { results } = await resultOf(output);
    expect(results[0]).toMatchObject({
      valid: false,
      faults: [{ name: "server.signal-close-on-request", landedAt: null }],
    });
  });

  it("is not applicable, and no pass, where the client plays none of the roles", async () => {
    const output = await scratch();
    const ended = await firedrill(["run", "short-close", "--client", "rest-only", "--output", output], {
      cwd: project,
    });
    expect(ended.code).toBe(2);
    expect((await resultOf(output)).results[0]?.verdict).toBe("not-applicable");
  });

  it("maps the contract's variables to a client's own", async () => {
    const output = await scratch();
    await firedrill(["run", "short-close", "--client", "mapped", "--output", output], { cwd: project });
    const { results } = await resultOf(output);
    // It does not reconnect, so it fails; what counts is that it found its feed under its own names.
    expect(results[0]).toMatchObject({ valid: true, verdict: "fail" });
  });

  it("takes its switches from the environment as well", async () => {
    const output = await scratch();
    const env = { FIREDRILL_OUTPUT: output, FIREDRILL_SEED: "twin", FIREDRILL_REPORTER: "json" };
    const ended = await firedrill(["run", "short-close"], { cwd: project, env });
    expect((JSON.parse(ended.stdout) as { run: { seed: string } }).run.seed).toBe("twin");
    expect(ended.code).toBe(0);
  });
});

describe("judge", () => {
  it("gives a stored run the same verdicts again", async () => {
    const output = await scratch();
    const ran = await firedrill(
      ["run", "short-close", "--client", "reference", "--client", "broken/ignores-normal-closure", "--output", output],
      { cwd: project },
    );
    const judged = await firedrill(["judge", output, "--json"], { cwd: project });
    const again = JSON.parse(judged.stdout) as { client: string }[];
    const { results } = await resultOf(output);
    const byClient = (a: { client: string }, b: { client: string }): number => a.client.localeCompare(b.client);
    expect(again.toSorted(byClient)).toEqual(results.toSorted(byClient));
    expect([ran.code, judged.code]).toEqual([1, 1]);
  });
});

describe("list", () => {
  it("names scenarios and clients for programs", async () => {
    const ended = await firedrill(["list", "--json"]);
    expect(ended.code).toBe(0);
    const listed = JSON.parse(ended.stdout) as { scenarios: { id: string }[]; clients: { name: string }[] };
    expect(listed.scenarios.map(({ id }) => id)).toContain("outage-2025-10-22");
    expect(listed.clients.map(({ name }) => name)).toContain("broken/local-date-waves");
  });
});

it("doctor says for programs what this machine has", async () => {
  const { code, stdout } = await firedrill(["doctor", "--json"]);
  const { node, parts } = JSON.parse(stdout) as { node: string; parts: { name: string; available: boolean }[] };
  expect(node).toMatch(/^v\d/);
  expect(parts.find(({ name }) => name === "embedded")).toMatchObject({ available: true });
  expect(code).toBe(0);
});

describe("what a run leaves", () => {
  it("is one play of a client that is named twice, for the eyes of its owner alone", async () => {
    const output = await scratch();
    const twice = ["--client", "mute", "--client", "mute,mute"];
    await firedrill(["run", "short-close", ...twice, "--output", output], { cwd: project });
    expect((await resultOf(output)).results).toHaveLength(1);
    const entries = await readdir(output, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const modes = await Promise.all(
      files.map(async ({ name, parentPath }) => [
        name,
        ((await stat(join(parentPath, name))).mode & 0o777).toString(8),
      ]),
    );
    expect(modes.toSorted()).toEqual([
      ["client.log", "600"],
      ["journal.ndjson", "600"],
      ["result.json", "600"],
    ]);
  });
});
