/** The system's tools that show refused dials (`refused-dials.ts`), and whether this machine has them. */

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Availability } from "../availability.ts";

const debianPackages = { ss: "iproute2", stdbuf: "coreutils" } as const;

export const refusalTools = Object.entries(debianPackages).map(([name, debianPackage]) => ({
  name,
  availability(): Promise<Availability> {
    const found = (process.env.PATH ?? "")
      .split(delimiter)
      .map((dir) => join(dir, name))
      .find((file) => existsSync(file));
    if (process.platform !== "linux") {
      const why = `${process.platform} does not show refused dials`;
      return Promise.resolve({ available: false, why, fix: "Run it on Linux, in a container say" });
    }
    if (found !== undefined) return Promise.resolve({ available: true, detail: found });
    const fix = `On Debian: apt-get install ${debianPackage}`;
    return Promise.resolve({ available: false, why: `There is no ${name} on the PATH`, fix });
  },
}));
