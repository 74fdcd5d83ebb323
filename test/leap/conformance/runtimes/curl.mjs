// curl against a server that answers after a while, and against one that never does. One JSON line says what it saw.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { createServer as createSilent } from "node:net";
import { setTimeout } from "node:timers";

const listening = (server) =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
const curl = (...flags) =>
  new Promise((resolve) => {
    const begun = Date.now();
    execFile("curl", ["--silent", "--noproxy", "*", ...flags], (error, stdout) =>
      resolve({ exit: error?.code ?? 0, ms: Date.now() - begun, stdout }),
    );
  });

const begun = Date.now();
const server = createServer((_, response) => setTimeout(() => response.end(), 150_000));
const silent = createSilent(() => undefined);
const answering = await listening(server);
const never = await listening(silent);
const answered = await curl("--write-out", "%{http_code} %{time_total}", `http://127.0.0.1:${answering}`);
const limited = await curl("--max-time", "60", `http://127.0.0.1:${never}`);
const retried = await curl("--max-time", "10", "--retry", "2", "--retry-delay", "30", `http://127.0.0.1:${never}`);
console.log(JSON.stringify({ startMs: begun, answered, limited, retried, allMs: Date.now() - begun }));
process.exit(0);
