import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{core,mock-*,harness,clients,scenarios,test}/**/*.test.ts"],
    // Tests start real servers, processes and proxies; a slow shared machine needs room, a hang still has an end.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ["test/support/requirements.ts"],
  },
});
