/** `firedrill schema`: the JSON Schema of `result.json`, made of what Firedrill itself reads and writes it by. */

import type { Command } from "commander";
import { resultJsonSchema } from "../../runner/result.ts";
import type { CommandModule } from "../command.ts";

export default {
  order: 12,
  add(program: Command) {
    program
      .command("schema")
      .description("print the JSON Schema of result.json")
      .action(() => {
        process.stdout.write(`${JSON.stringify(resultJsonSchema(), null, 2)}\n`);
      });
  },
} satisfies CommandModule;
