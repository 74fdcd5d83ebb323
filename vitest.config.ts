import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Tests start real servers, processes and proxies; a slow shared machine needs room, a hang still has an end.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a reader sees is compared as words: a build server that asks for colours (CI, FORCE_COLOR) would add escapes.
    env: { NO_COLOR: "1", FORCE_COLOR: "0" },
    globalSetup: ["test/support/requirements.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{core,mock-*,toxiproxy,harness,clients,scenarios}/**/*.test.ts",
            "test/{conformance,*}.test.ts",
            "test/conformance/**/*.test.ts",
            "test/sdk/**/*.test.ts",
            "test/faults/**/*.test.ts",
          ],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          // The clock that leaps against the kernel's: what is held to the kernel's own times has the machine to itself.
          name: "clock",
          include: ["test/leap/**/*.test.ts"],
          exclude: ["test/leap/strangers/**"],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          // Whole runs: one after another, because a machine that does other things at the same
          // time is measured along with the client.
          name: "replay",
          include: ["test/{replay,report}/**/*.test.ts"],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          // Keeps both cores busy by itself, so it has the machine to itself.
          name: "fuzz",
          include: ["test/fuzz/**/*.test.ts"],
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          // Packs the package, which compiles everything, and installs it as a stranger would.
          name: "package",
          include: ["test/package/*.test.ts"],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 6 },
        },
      },
      {
        extends: true,
        test: {
          // An hour of incident takes all the CPU that there is.
          name: "strangers",
          include: ["test/leap/strangers/**/*.test.ts"],
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
