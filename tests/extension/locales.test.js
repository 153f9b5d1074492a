import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../extension/", import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const files = readdirSync(ROOT, { recursive: true }).map(String);
const locales = files.filter((name) => /^_locales.\w+.messages\.json$/.test(name)).map((name) => JSON.parse(read(name)));
const manifest = JSON.parse(read("manifest.json"));

test("every language has every message with the same placeholders", () => {
  const [first, ...others] = locales;
  assert.ok(others.length > 0);
  for (const other of others) {
    assert.deepEqual(Object.keys(other).sort(), Object.keys(first).sort());
    for (const name of Object.keys(first)) assert.deepEqual(other[name].placeholders, first[name].placeholders, name);
  }
});

test("every message that a script or page uses exists", () => {
  const asked = new Set(
    files
      .filter((name) => /\.(js|html)$/.test(name))
      .flatMap((name) =>
        [...read(name).matchAll(/words\("(\w+)"|data-(?:words|label)="(\w+)"/g)].map((match) => match[1] ?? match[2] ?? ""),
      ),
  );
  assert.ok(asked.size > 40);
  for (const name of asked) assert.ok(name in locales[0], name);
});

test("the extension asks for permission to the 23 marketplaces and this machine only", async () => {
  const { HOSTS } = await import("../../extension/lib/hosts.js");
  const shops = [...HOSTS].map((host) => `https://${host}/*`);
  assert.equal(shops.length, 23);
  assert.deepEqual(manifest.host_permissions, [...shops, "http://127.0.0.1/*"]);
  for (const { matches } of manifest.content_scripts) assert.deepEqual(matches, shops);
  assert.deepEqual(manifest.permissions, ["storage", "alarms", "scripting"]);
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
