import js from "@eslint/js";
import tseslint from "typescript-eslint";

// Imports go down only: scenarios -> harness -> mock-* -> core. Each room names the rooms it may not know.
const above = {
  core: ["harness", "scenarios", "clients", "mock-*"],
  "mock-*": ["harness", "scenarios", "clients"],
  harness: ["scenarios", "clients"],
  clients: ["core", "harness", "scenarios", "mock-*"],
};

const downOnly = Object.entries(above).map(([room, forbidden]) => ({
  files: [`${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: forbidden.map((f) => ({
          group: [`**/../${f}/**`, `../${f}/**`],
          message: `${room} may not know ${f}.`,
        })),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ["dist", ".firedrill", "node_modules", ".venv"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
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
          "setInterval",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },
);
