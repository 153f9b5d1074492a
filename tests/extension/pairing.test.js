import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { reset, told } from "./browser-port.js";

const pairing = await import("../../extension/lib/pairing.js");

beforeEach(reset);

test("a code is eight digits however it is typed", () => {
  for (const typed of ["48217730", "4821-7730", " 4821 7730 ", "4821–7730"]) assert.equal(pairing.readCode(typed), "48217730");
});

test("anything else is no code", () => {
  for (const typed of ["", "4821", "482177301", "4821-773o", "٤٨٢١٧٧٣٠", "+48217730"]) assert.equal(pairing.readCode(typed), null);
});

test("a port is a whole number that can be listened on", () => {
  assert.equal(pairing.readPort(" 8377 "), 8377);
  for (const typed of ["", "0", "65536", "80.5", "-1", "1e3", "port"]) assert.equal(pairing.readPort(typed), null);
});

test("the proof is the HMAC of the nonce in hex, as the server computes it", async () => {
  // openssl: printf 'abc' | openssl dgst -sha256 -hmac 'key'
  const right = "9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab";
  assert.equal(await pairing.isProof("key", "abc", right), true);
  assert.equal(await pairing.isProof("key", "abd", right), false);
  assert.equal(await pairing.isProof("other", "abc", right), false);
  for (const answer of [undefined, null, "", 7, {}]) assert.equal(await pairing.isProof("key", "abc", answer), false);
});

test("no nonce comes twice", () => {
  const nonces = new Set(Array.from({ length: 100 }, pairing.nonce));
  assert.equal(nonces.size, 100);
  assert.match([...nonces][0] ?? "", /^[0-9a-f]{32}$/);
});

test("the token lies in the extension's own database, not where content scripts can read", async () => {
  const paired = { port: 8377, token: "a secret", clientId: "c", serverId: "s", proofKey: "k", pairedAt: "2026-11-25T09:00:00.000Z" };
  await pairing.remember(paired);
  assert.deepEqual(await pairing.pairing(), paired);
  assert.doesNotMatch(JSON.stringify([...told.local, ...told.session]), /a secret/);
  await pairing.forget();
  assert.equal(await pairing.pairing(), null);
});
