/** What `firedrill init` writes: the config, and a first scenario and check to start from. */

export interface Answers {
  name: string;
  command: string;
  /** The bot's variables, each with what it is of the contract. */
  env: Readonly<Record<string, string>>;
}

export const scenarioFile = "drills/scenarios/first-drill.ts";
export const checkFile = "drills/checks/back-on-its-streams.ts";

export const config = ({ name, command, env }: Answers): string => `import { defineConfig } from "firedrill";

export default defineConfig({
  clients: {
    ${JSON.stringify(name)}: {
      command: ${JSON.stringify(command)},
${envText(env)}    },
  },
  scenarios: ["drills/scenarios"],
});
`;

function envText(env: Answers["env"]): string {
  const entries = Object.entries(env);
  if (entries.length === 0)
    return "      // It reads the FIREDRILL_… variables; one with names of its own maps them here, in env.\n";
  const lines = entries.map(([name, value]) => `        ${name}: ${JSON.stringify(value)},\n`);
  return `      env: {\n${lines.join("")}      },\n`;
}

export const scenario = `/** A public stream is closed, politely and without a word: within a minute of incident the bot has to be back. */

import { minutes, scenario, seconds, trial } from "firedrill";
import { redials } from "firedrill/checks/connections/redials";
import stream from "firedrill/faults/server/stream";
import { backOnItsStreams } from "../checks/back-on-its-streams.ts";

export default scenario({
  id: "first-drill",
  title: "Public streams are closed, politely and not",
  roles: ["market-data"],
  tags: ["smoke"],
  clock: { start: "2025-10-29T07:13:00Z", end: "2025-10-29T08:13:00Z", timezone: "UTC" },
  trials: [
    trial("close-1000", async ({ settled, back, fault }) => {
      await settled("exchange-public");
      const closed = stream({ stream: "public", action: { do: "close", code: 1000 }, times: 1 });
      await fault(closed, () => back({ within: minutes(1) }));
    }),
    trial("cut", async ({ settled, back, fault }) => {
      await settled("exchange-public");
      const cut = stream({ stream: "public", action: { do: "fin" }, times: 1 });
      await fault(cut, () => back({ within: minutes(1) }));
    }),
  ],
  expect: [redials({ within: seconds(30) }), backOnItsStreams({ within: minutes(1) })],
});
`;

export const check = `/** A stream that was lost is followed by another one within a time. */

import { within } from "firedrill";

export const backOnItsStreams = within<{ within: number }>("back-on-its-streams", {
  asks: ({ within }) => \`opens another stream within \${within / 1_000} s of losing one\`,
  todo: "open another stream",
  unjudged: "it lost no stream",
  occasions: (evidence) => {
    const streams = evidence.streams("exchange-public");
    return evidence.all("connection.closed").flatMap((event) => {
      if (event.endpoint !== "exchange-public" || event.by === "client") return [];
      const next = streams.find(({ opened }) => opened.at > event.at);
      return [{ event, what: \`\${event.connection} was lost\`, at: event.at, until: next?.opened.at }];
    });
  },
});
`;
