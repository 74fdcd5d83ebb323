import { expect, test } from "vitest";
import { everyone } from "./clients.ts";
import { allDrivers, lackOf, readHeader, type Driver } from "./drivers.ts";

test("every program of clients/sdk/ says what it is, what it plays and what it needs", async () => {
  const drivers = await allDrivers();
  expect(drivers.length).toBeGreaterThan(1);
  for (const { name, summary, roles, needs } of drivers) {
    expect(name).toMatch(/^sdk\/(node|python)-/);
    expect(summary.length).toBeGreaterThan(20);
    expect(roles.length).toBeGreaterThan(0);
    expect(needs).not.toBe("");
  }
});

test.each([
  ["a docstring", '"""A bot on pybit.\n\nIt trades.\n\nRoles: market-data, trading\nNeeds: pybit\n"""\nimport os\n'],
  ["a comment", "/**\n * A bot on pybit.\n * It trades.\n *\n * Roles: market-data, trading\n * Needs: pybit\n */\n"],
])("the header is read from %s", (_, source) => {
  expect(readHeader(source, "x")).toEqual({
    summary: "A bot on pybit",
    roles: ["market-data", "trading"],
    needs: "pybit",
  });
});

test.each([
  ['"""A bot.\n\nNeeds: pybit\n"""', /x.py does not say "Roles: …"/],
  ['"""A bot.\n\nRoles: market-data\n"""', /x.py does not say "Needs: …"/],
  ['"""A bot.\n\nRoles: market-date\nNeeds: pybit\n"""', /The driver x.py names a role that there is not.*market-data/],
  ["import os\n", /x.py does not say "Roles: …"/],
])("a header that lacks something names the file and the line: %j", (source, message) => {
  expect(() => readHeader(source, "x.py")).toThrow(message);
});

const lacking = (file: string, python = "python3"): Driver => ({
  name: `sdk/${file}`,
  summary: "",
  roles: [],
  file: `${import.meta.dirname}/${file}`,
  needs: "no_such_package_of_anybodys",
  command: [file.endsWith(".py") ? python : process.execPath, file],
});

test.each([
  [lacking("bot.ts"), /^there is no package no_such_package_of_anybodys here: npm install/],
  [lacking("bot.py"), /^python3 has no package no_such.*pip install -r .*clients\/sdk\/requirements.txt$/],
  [lacking("bot.py", "/no/such/python"), /^there is no Python: /],
])("what a machine lacks is said with how to get it, and `all` leaves that client out", (driver, message) => {
  expect(lackOf(driver)).toMatch(message);
  const reference = { name: "reference", summary: "", roles: [], command: ["node"] as const };
  const broken = { ...reference, name: "broken/x" };
  expect(everyone([reference, broken, driver])).toEqual({
    playable: [reference],
    lacking: [{ name: driver.name, lack: lackOf(driver) }],
  });
});
