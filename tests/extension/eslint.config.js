import js from "@eslint/js";
import globals from "globals";

// Content scripts import nothing; one module fetches, one speaks to the browser.
const BROWSER = ["chrome", "browser"].map((name) => ({ name, message: "Only lib/browser.js speaks to the browser." }));
const FETCH = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].map((name) => ({
  name,
  message: "Only lib/api.js speaks to the server.",
}));

export default [
  { ignores: ["**/node_modules/**"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser, chrome: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 40, IIFEs: false, skipComments: true }],
      complexity: ["error", 14],
      "no-restricted-properties": ["error", { property: "innerHTML", message: "Text from pages is never markup." }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["extension/{lib,popup,options}/**/*.js", "extension/background.js"],
    ignores: ["extension/lib/browser.js", "extension/lib/api.js"],
    rules: { "no-restricted-globals": ["error", ...BROWSER, ...FETCH] },
  },
  { files: ["extension/lib/browser.js"], rules: { "no-restricted-globals": ["error", ...FETCH] } },
  { files: ["extension/lib/api.js"], rules: { "no-restricted-globals": ["error", ...BROWSER] } },
  {
    files: ["extension/content/*.js"],
    languageOptions: { sourceType: "script" },
    rules: { strict: "off", "no-restricted-globals": ["error", ...FETCH], "max-lines-per-function": ["error", { max: 40, IIFEs: false }] },
  },
  { files: ["tests/extension/*.js"], languageOptions: { globals: globals.node }, rules: { "max-lines-per-function": "off" } },
];
