import { defineConfig } from "firedrill";

export default defineConfig({
  clients: {
    "ts-bot": { command: ["node", "bot.ts"], roles: ["market-data"] },
  },
});
