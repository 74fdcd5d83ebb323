/**
 * The runner, a program of its own: `node main.ts <url of the public stream>`. It reads what to subscribe from stdin, a
 * JSON object a line, prints market events on stdout and what it has to say on stderr. It ends on SIGTERM or SIGINT, and
 * when its stdin ends: whoever started it is gone then.
 */

import { createInterface } from "node:readline";
import { streamBackoff } from "../stream/backoff.ts";
import { StreamConnection, type StreamSession } from "../stream/connection.ts";
import { HundredInFiveMinutes } from "../stream/dial-budget.ts";
import { CollapsedWarnings } from "../warnings.ts";
import { marketEvents } from "./market-events.ts";
import { WantedTopics } from "./wanted-topics.ts";

const name = "connector";
const warnings = new CollapsedWarnings();
const backoff = streamBackoff;
const topics = new WantedTopics({
  ...{ name, warnings, backoff },
  send: (frame) => void connection.send(frame),
  subscribed: () => undefined,
});
const session: StreamSession = {
  opened: () => topics.opened(),
  lost: () => topics.lost(),
  control: (frame) => topics.answered(frame),
  data: (frame) => marketEvents(frame).forEach((event) => console.log(JSON.stringify(event))),
};
const connection: StreamConnection = new StreamConnection({
  ...{ name, warnings, session, endpoint: "exchange-public", url: process.argv[2] ?? "" },
  ...{ backoff: backoff(), budget: new HundredInFiveMinutes() },
});

let ending = false;
const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  await connection.stop();
  process.exit(0);
};
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end());
createInterface({ input: process.stdin })
  .on("line", (line) =>
    topics.want((JSON.parse(line) as { topics: string[] }).topics, connection.state === "CONNECTED"),
  )
  .on("close", () => void end());
connection.start();
