/**
 * What a laptop may lack and CI may not. A test that needs one of these asks `available(name)` and is skipped with a
 * line that says so; with `FIREDRILL_REQUIRE=toxiproxy,faketime,ss,pybit` a missing one fails the whole run before it starts.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The virtual environment at the root, which .ci/run makes as well. */
export const pythonWithPybit = join(import.meta.dirname, "../../.venv/bin/python");

const finders: Record<string, { present: () => boolean; hint: string }> = {
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
    present: () => existsSync(pythonWithPybit) && spawnSync(pythonWithPybit, ["-c", "import pybit"]).status === 0,
    hint: "no pybit in .venv: python3 -m venv .venv && .venv/bin/pip install pybit==5.17.0",
  },
};

export const available = (name: string): boolean => finders[name]?.present() ?? false;

export default function setup(): void {
  const required = (process.env.FIREDRILL_REQUIRE ?? "").split(",").filter((name) => name !== "");
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
