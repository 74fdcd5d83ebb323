import js from "@eslint/js";
import tseslint from "typescript-eslint";

// Imports go down only: scenarios -> harness -> mock-*, toxiproxy -> mock-kit -> core. Each room names the rooms it may not know.
const above = {
  core: ["harness", "scenarios", "clients", "mock-*", "toxiproxy"],
  "mock-*": ["harness", "scenarios", "clients", "toxiproxy"],
  // After the mocks, one of which it is by its name: of several rules for a file the last counts.
  "mock-kit": ["harness", "scenarios", "clients", "toxiproxy", "mock-*"],
  toxiproxy: ["harness", "scenarios", "clients", "mock-*"],
  harness: ["scenarios", "clients"],
  clients: ["core", "harness", "scenarios", "mock-*", "toxiproxy"],
};

// Floors inside a room, the lowest first.
const floors = {
  harness: [
    ["incident", "process"],
    ["evidence"],
    ["verdicts"],
    ["checks"],
    ["proxy", "client"],
    ["testbed"],
    ["faults"],
    ["runner"],
    ["report"],
    ["cli"],
  ],
  "mock-exchange": [["protocol"], ["market"], ["engine"], ["order-entry"], ["rest", "stream"]],
};

const rule = (files, room, forbidden) => ({
  files,
  ignores: room.includes("/") ? ["**/*.test.ts", "**/testing/**"] : [],
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: forbidden.map((group) => ({ group, message: `${room} may not know ${group[0]}.` })) },
    ],
  },
});

const pathsOf = (name) => [`**/../${name}/**`, `../${name}/**`];
const outer = (room) => above[room].map(pathsOf);

const downOnly = [
  ...Object.keys(above).map((room) => rule([`${room}/**/*.ts`], room, outer(room))),
  ...Object.entries(floors).flatMap(([room, levels]) =>
    levels.flatMap((level, n) =>
      level.map((name) => {
        const inner = levels
          .slice(n + 1)
          .flat()
          .map(pathsOf);
        return rule([`${room}/${name}/**/*.ts`], `${room}/${name}`, [
          ...outer(room in above ? room : "mock-*"),
          ...inner,
        ]);
      }),
    ),
  ),
];

export default tseslint.config(
  { ignores: ["dist", ".firedrill", "examples", "test/package/stranger", "node_modules", ".venv", ".venvs"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  ...downOnly,
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: Object.fromEntries(
        [
          "process",
          "console",
          "URL",
          "performance",
          "AbortSignal",
          "AbortController",
          "DOMException",
          "clearInterval",
          "setTimeout",
          "clearTimeout",
          "fetch",
          "WebSocket",
          "setInterval",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
