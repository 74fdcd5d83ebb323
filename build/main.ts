/**
 * The published build, in `dist/` or the folder that is named: the compiled sources, the clock for the machines that the
 * package carries it for, and each mock with all it depends on in one file. Node takes half a millisecond for every module, and a mock alone is six hundred of them.
 */

import { spawnSync } from "node:child_process";
import { cp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bundlePage } from "../harness/report/html/bundle-page.ts";
import { builtPage } from "../harness/report/html/page-parts.ts";
import { declareFor } from "./declarations.ts";
import { resultJsonSchema } from "../harness/runner/result.ts";
import { bundleMocks } from "./bundle-mocks.ts";
import { prebuildClock } from "./prebuild-clock.ts";

const root = resolve(import.meta.dirname, "..");
const out = resolve(process.argv[2] ?? join(root, "dist"));
const preload = "harness/client/time/preload";

await rm(out, { recursive: true, force: true });
const compiler = join(root, "node_modules/typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json"), "--outDir", out], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
await declareFor(out);
await cp(join(root, preload), join(out, preload), { recursive: true });
// Clients in Python are programs as they are.
await cp(join(root, "clients/sdk"), join(out, "clients/sdk"), {
  recursive: true,
  filter: (source) => !source.endsWith(".ts"),
});
await writeFile(join(out, "result.schema.json"), `${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
const page = await bundlePage(new URL("../harness/report/html/page/", import.meta.url));
await writeFile(join(out, "harness/report/html", builtPage), JSON.stringify(page));
await bundleMocks(out);
await prebuildClock(out);
