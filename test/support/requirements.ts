/**
 * What a laptop may lack and CI may not. A test that needs one of these asks `available(name)` and is skipped with a
 * line that says so; with `FIREDRILL_REQUIRE=toxiproxy,faketime,ss,pybit` a missing one fails the whole run before it starts.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The virtual environment at the root, which .ci/run makes as well. */
export const pythonWithPybit = join(root, ".venv/bin/python");

/** The Python that has such a package: pybit's at the root, every other one in an environment of its own name. */
export const pythonOf = (name: string): string =>
  name === "pybit" ? pythonWithPybit : join(root, ".venvs", name, "bin/python");

const imports = (name: string, module: string): boolean =>
  existsSync(pythonOf(name)) && spawnSync(pythonOf(name), ["-c", `import ${module}`]).status === 0;

/** What the drivers of clients/sdk/ in Python stand on. */
const pythonPackages = ["aiohttp", "ccxt", "pybit"];

/** Debian's; playwright-core drives it and brings none of its own. */
export const chromium = "/usr/bin/chromium";

const finders: Record<string, { present: () => boolean; hint: string }> = {
  clock: {
    present: () => process.platform === "linux" && ["cc", "gcc", "clang"].some(onPath),
    hint: "no C compiler for the clock that leaps: on Debian, apt-get install gcc libc6-dev",
  },
  toxiproxy: {
    present: () => onPath("toxiproxy-server"),
    hint: "no toxiproxy-server on the PATH: install Toxiproxy v2.12.0",
  },
  faketime: {
    present: () =>
      ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"].some((dir) =>
        existsSync(join(dir, "faketime/libfaketime.so.1")),
      ),
    hint: "no libfaketime: on Debian, apt-get install faketime",
  },
  python3: { present: () => onPath("python3"), hint: "no python3 on the PATH" },
  ss: {
    present: () => process.platform === "linux" && onPath("ss") && onPath("stdbuf"),
    hint: "no ss, which shows refused dials: on Debian, apt-get install iproute2",
  },
  pybit: {
    present: () => imports("pybit", "pybit"),
    hint: "no pybit in .venv: python3 -m venv .venv && .venv/bin/pip install pybit==5.17.0",
  },
  actionlint: {
    present: () => onPath("actionlint"),
    hint: "no actionlint on the PATH: go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7",
  },
  package: {
    present: () => required.includes("package") || process.env.FIREDRILL_TARBALL !== undefined,
    hint: "no FIREDRILL_REQUIRE=package, with which the package is packed and installed from the registry, in some minutes",
  },
  chromium: {
    present: () => existsSync(chromium),
    hint: "no /usr/bin/chromium, in which the report is opened: on Debian, apt-get install chromium",
  },
  sdks: {
    present: () => pythonPackages.every((name) => imports("pybit", name)),
    hint: `not each of ${pythonPackages.join(", ")} in .venv: python3 -m venv .venv && .venv/bin/pip install -r clients/sdk/requirements.txt`,
  },
  nautilus: {
    present: () => imports("nautilus", "nautilus_trader"),
    hint:
      "no nautilus_trader in .venvs/nautilus: with Python 3.11 to 3.13, python3 -m venv .venvs/nautilus && " +
      ".venvs/nautilus/bin/pip install nautilus_trader==1.221.0",
  },
  freqtrade: {
    present: () => imports("freqtrade", "freqtrade"),
    hint:
      "no freqtrade in .venvs/freqtrade: with Python 3.12 or newer, python3.12 -m venv .venvs/freqtrade && " +
      ".venvs/freqtrade/bin/pip install freqtrade==2026.9",
  },
};

const required = (process.env.FIREDRILL_REQUIRE ?? "").split(",").filter((name) => name !== "");

/** Whether it may not be left out here. */
export const isRequired = (name: string): boolean => required.includes(name);

export const available = (name: string): boolean => finders[name]?.present() ?? false;

export default function setup(): void {
  for (const name of required) {
    if (!(name in finders))
      throw new Error(`FIREDRILL_REQUIRE names "${name}". Known: ${Object.keys(finders).join(", ")}.`);
  }
  for (const [name, { present, hint }] of Object.entries(finders)) {
    if (present()) continue;
    if (required.includes(name)) throw new Error(`FIREDRILL_REQUIRE asks for ${name}, but there is ${hint}.`);
    console.log(`skipped: the tests that need ${name}; there is ${hint}.`);
  }
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((dir) => existsSync(join(dir, program)));
}
