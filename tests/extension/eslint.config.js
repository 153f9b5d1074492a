import js from "@eslint/js";
import globals from "globals";

// Content scripts import nothing; one module fetches, one speaks to the browser (and one content script, which cannot import that module).
const BROWSER = ["chrome", "browser"].map((name) => ({ name, message: "Only lib/browser.js speaks to the browser." }));
const FETCH = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].map((name) => ({
  name,
  message: "Only lib/api.js speaks to the server.",
}));
const AROUND = ["globalThis", "window", "self"].flatMap((object) =>
  ["chrome", "browser", "fetch"].map((property) => ({ object, property, message: "Only lib/browser.js and lib/api.js use it." })),
);
const MARKUP = { property: "innerHTML", message: "Text from pages is never markup." };
const IMPORT = { selector: "ImportExpression", message: "Content scripts import nothing." };

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
      "no-restricted-properties": ["error", MARKUP, ...AROUND],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["extension/{lib,popup,options}/**/*.js", "extension/background.js"],
    ignores: ["extension/lib/browser.js", "extension/lib/api.js"],
    rules: { "no-restricted-globals": ["error", ...BROWSER, ...FETCH] },
  },
  {
    files: ["extension/lib/browser.js", "extension/content/shared-ui.js"],
    rules: { "no-restricted-globals": ["error", ...FETCH], "no-restricted-properties": ["error", MARKUP] },
  },
  // It reads the extension's own files.
  { files: ["extension/lib/language.js"], rules: { "no-restricted-globals": ["error", ...BROWSER] } },
  { files: ["extension/lib/api.js"], rules: { "no-restricted-globals": ["error", ...BROWSER] } },
  {
    files: ["extension/content/*.js"],
    languageOptions: { sourceType: "script" },
    rules: {
      strict: "off",
      "no-restricted-globals": ["error", ...BROWSER, ...FETCH],
      "no-restricted-syntax": ["error", IMPORT],
      "max-lines-per-function": ["error", { max: 40, IIFEs: false }],
    },
  },
  {
    files: ["tests/extension/*.js"],
    languageOptions: { globals: globals.node },
    rules: { "max-lines-per-function": "off", "no-restricted-properties": ["error", MARKUP] },
  },
];
