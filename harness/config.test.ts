import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FiredrillError } from "../core/errors.ts";
import { configFile, readConfig } from "./config.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-config-"))));
afterEach(() => rm(folder, { recursive: true }));

async function read(content: string) {
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await writeFile(join(folder, configFile), content);
  return readConfig(folder);
}
const problem = async (content: string): Promise<string> => {
  const error: unknown = await read(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FiredrillError);
  return (error as Error).message;
};

test("no file is an empty config", async () => {
  expect(await readConfig(folder)).toEqual({});
});

test("clients and scenario folders are read", async () => {
  const config = {
    clients: { bot: { command: ["python3", "bot.py"], roles: ["signals"], env: { A: "b" } } },
    scenarios: ["drills"],
  };
  expect(await read(`export default ${JSON.stringify(config)}`)).toEqual(config);
  expect(await readConfig(folder)).toMatchObject({ clients: { bot: { roles: ["signals"] } } });
});

test("an unknown key is an error with the nearest and all allowed", async () => {
  expect(await problem("export default { client: {} }")).toBe(
    `${join(folder, configFile)}: unknown key "client". Did you mean "clients"? Allowed: clients, scenarios.`,
  );
});

test("an unknown key of a client is an error with its path and the client's keys", async () => {
  expect(
    await problem('export default { clients: { bot: { command: "x", roles: ["signals"], enviroment: {}, cmd: 1 } } }'),
  ).toMatch(
    /unknown key "clients\.bot\.enviroment".* Allowed: command, roles, summary, cwd, env, targets\.\n.*unknown key "clients\.bot\.cmd"/,
  );
});

test.each([
  ["clients.bot.roles", '{ clients: { bot: { command: "x", roles: "signals" } } }'],
  ["clients.bot.roles", '{ clients: { bot: { command: "x", roles: [] } } }'],
  ["clients.bot.command", '{ clients: { bot: { command: 7, roles: ["signals"] } } }'],
  ["scenarios", '{ scenarios: "drills" }'],
])("a wrong type of %s is named", async (key, content) => {
  expect(await problem(`export default ${content}`)).toContain(`${configFile}: "${key}" is not right: `);
});

test("a file without a default export is named", async () => {
  expect(await problem("export const config = {}")).toContain("its default export is not right");
});

test("a file that cannot be loaded is named, with why", async () => {
  expect(await problem("export default {")).toMatch(/^Cannot load .*firedrill\.config\.ts: /);
});

test.each([
  "firedrill.config.js",
  "firedrill.config.mjs",
  "firedrill.config.yml",
  "firedrill.config.json",
  ".firedrillrc",
])("a config of another name is refused in words: %s", async (name) => {
  await writeFile(join(folder, name), "");
  await expect(readConfig(folder)).rejects.toThrow(`${join(folder, name)} is not read: the config is ${configFile}`);
});

test("other files are none of ours", async () => {
  for (const name of ["firedrill.md", "my-firedrill.config.js", "firedrill"]) await writeFile(join(folder, name), "");
  expect(await readConfig(folder)).toEqual({});
});
