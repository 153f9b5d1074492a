import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";

const pairing = await import("../../extension/lib/pairing.js");

beforeEach(reset);

test("a code of eight digits is accepted in any spelling", () => {
  for (const typed of ["48217730", "4821-7730", " 4821 7730 ", "4821–7730"]) assert.equal(pairing.readCode(typed), "48217730");
});

test("anything else is not a code", () => {
  for (const typed of ["", "4821", "482177301", "4821-773o", "٤٨٢١٧٧٣٠", "+48217730"]) assert.equal(pairing.readCode(typed), null);
});

test("a port is a valid port number", () => {
  assert.equal(pairing.readPort(" 8377 "), 8377);
  for (const typed of ["", "0", "65536", "80.5", "-1", "1e3", "port"]) assert.equal(pairing.readPort(typed), null);
});

test("the key is in the extension's own database, out of reach of content scripts", async () => {
  const paired = { port: 8377, key: "a secret", clientId: "c", serverId: "s", pairedAt: "2026-11-25T09:00:00.000Z" };
  await pairing.remember(paired);
  assert.deepEqual(await pairing.pairing(), paired);
  assert.doesNotMatch(JSON.stringify([...told.local, ...told.session]), /a secret/);
  await pairing.forget();
  assert.equal(await pairing.pairing(), null);
});
