import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import "./browser-port.js";

const { loadLanguage } = await import("../../extension/lib/language.js");
const { LANGUAGES } = await import("../../extension/lib/settings.js");
const ROOT = new URL("../../extension/", import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const files = readdirSync(ROOT, { recursive: true }).map(String);
const locales = files
  .filter((name) => /^_locales.\w+.messages\.json$/.test(name))
  .map((name) => ({ language: name.slice(9, 11), messages: JSON.parse(read(name)) }))
  .toSorted((one, other) => one.language.localeCompare(other.language));
const english = locales.find(({ language }) => language === "en")?.messages;
const manifest = JSON.parse(read("manifest.json"));

test("there are six languages", () => {
  assert.deepEqual(
    locales.map(({ language }) => language),
    ["de", "en", "es", "fr", "it", "ja"],
  );
  assert.deepEqual(Object.keys(LANGUAGES), ["de", "en", "es", "fr", "it", "ja"]);
});

for (const { language, messages } of locales) {
  test(`every message is there with the same placeholders (${language})`, () => {
    assert.deepEqual(Object.keys(messages), Object.keys(english));
    for (const [name, { message, placeholders }] of Object.entries(messages)) {
      assert.deepEqual(placeholders, english[name].placeholders, name);
      const used = [...message.matchAll(/\$([A-Z]+)\$/g)].map((match) => match[1]?.toLowerCase()).toSorted();
      assert.deepEqual(used, Object.keys(placeholders ?? {}).toSorted(), name);
      assert.equal(message, message.trim(), name);
    }
  });
}

/** Edge refuses longer names, Chrome longer descriptions: https://developer.chrome.com/docs/extensions/reference/manifest/description */
const LONGEST = { name: 45, description: 132 };

for (const { language, messages } of locales) {
  test(`the stores accept the extension's name and description (${language})`, () => {
    for (const [name, most] of Object.entries(LONGEST)) {
      assert.equal(manifest[name], `__MSG_${name}__`);
      const { message } = messages[name];
      assert.ok(message.length <= most, `${name} has ${message.length} of ${most} characters: ${message}`);
    }
  });
}

/** Words that are the same in several languages. */
const SHARED =
  /^(name|andMore|pairCode|port|optionsServer|link_family|keep_\w+|language|accountUnregistered)$|^(nameNew|options|optionsRibbon|serverReady)$/;

for (const { language, messages } of locales.filter((one) => one.language !== "en")) {
  test(`every message is translated (${language})`, () => {
    const same = Object.keys(english).filter((name) => messages[name].message === english[name].message && !SHARED.test(name));
    assert.deepEqual(
      same.filter((name) => english[name].message.replace(/\$\w+\$/g, "").split(" ").length > 2 || language === "ja"),
      [],
    );
  });
}

/** The names that our scripts, pages and manifest ask for; `keep_${group}` counts for all that begin with keep_. */
function asked() {
  const sources = files.filter((name) => /\.(js|html)$/.test(name) && !name.startsWith("_locales")).map(read);
  const whole = sources.flatMap((source) => [...source.matchAll(/["'`](\w+)["'`]/g)].map((match) => match[1] ?? ""));
  const families = sources.flatMap((source) => [...source.matchAll(/`(\w+_)\$\{/g)].map((match) => match[1] ?? ""));
  const named = [...read("manifest.json").matchAll(/__MSG_(\w+)__/g)].map((match) => match[1] ?? "");
  return { names: new Set([...whole, ...named]), families };
}

test("every message is used somewhere", () => {
  const { names, families } = asked();
  const counted = (/** @type {string} */ name) => names.has(name.replace(/_(one|other)$/, ""));
  const unused = Object.keys(english).filter(
    (name) => !names.has(name) && !counted(name) && !families.some((family) => name.startsWith(family)),
  );
  assert.deepEqual(unused, []);
});

test("every message that a script or page uses exists", () => {
  const wanted = new Set(
    files
      .filter((name) => /\.(js|html)$/.test(name))
      .flatMap((name) =>
        [...read(name).matchAll(/words\("(\w+)"|data-(?:words|label)="(\w+)"/g)].map((match) => match[1] ?? match[2] ?? ""),
      ),
  );
  assert.ok(wanted.size > 40);
  for (const name of wanted) assert.ok(name in english, name);
});

test("texts of the chosen language are filled in like the browser's own", async () => {
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ url) => ({ json: async () => JSON.parse(read(url.replace(/^.*own\//, ""))) })
  );
  const browser = await import("../../extension/lib/browser.js");
  await browser.localWrite("look", { language: "ja" });
  await loadLanguage();
  assert.equal(browser.language(), "ja");
  assert.equal(browser.words("monthOf", "￥100", "￥200"), "今月：￥100／予算￥200");
  await browser.localWrite("look", { language: "fr" });
  await loadLanguage();
  assert.match(browser.counted("unpairWaiting", 1), /1 page attend/);
  assert.match(browser.counted("unpairWaiting", 2), /2 pages attendent/);
  assert.match(browser.counted("unpairWaiting", 1_000_000), /1000000 pages/);
  await browser.localWrite("look", { language: "tlh" });
  await loadLanguage();
  assert.equal(browser.language(), "en");
});

test("the extension asks for permission to the 23 marketplaces and this machine only", async () => {
  const { HOSTS } = await import("../../extension/lib/hosts.js");
  const shops = [...HOSTS].map((host) => `https://${host}/*`);
  assert.equal(shops.length, 23);
  assert.deepEqual(manifest.host_permissions, [...shops, "http://127.0.0.1/*"]);
  for (const { matches } of manifest.content_scripts) assert.deepEqual(matches, shops);
  assert.deepEqual(manifest.permissions, ["storage", "alarms", "scripting"]);
  assert.deepEqual(manifest.optional_permissions, ["notifications"]);
  assert.equal(manifest.web_accessible_resources, undefined);
  assert.match(manifest.content_security_policy.extension_pages, /connect-src 'self' http:\/\/127\.0\.0\.1:\*$/);
});

test("every file named in the manifest exists", () => {
  const named = [
    manifest.background.service_worker,
    manifest.action.default_popup,
    manifest.options_ui.page,
    ...Object.values(manifest.icons),
  ];
  for (const name of [...named, ...manifest.content_scripts.flatMap((/** @type {{js: string[]}} */ entry) => entry.js)])
    assert.ok(files.includes(name), name);
});
