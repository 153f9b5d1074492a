/** A real HTTP server on a free port with its own implementation of the sealed link. It records what the extension sends. */

import * as crypto from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

export const CODE = "48217730";
export const GRANT = { client_id: "0123456789abcdef0123456789abcdef", server_id: "server-1", scopes: ["observe:write"] };
export const KEY = "a key";

const HKDF = /** @type {const} */ ("sha256");
/** @param {...(string|number)} parts */
const bound = (...parts) => ["shopper/1", ...parts].join("\n");
/** @param {crypto.BinaryLike} secret @param {string|Buffer} salt @param {string} info */
const derived = (secret, salt, info) => Buffer.from(crypto.hkdfSync(HKDF, secret, salt, info, 32));
/** @param {string} key @param {string} salt @param {string} use */
const keyFor = (key, salt, use) => derived(crypto.createHash("sha256").update(key).digest(), salt, `shopper/1 ${use}`);
/** @param {crypto.BinaryLike} secret @param {string} text */
const signed = (secret, text) => crypto.createHmac("sha256", secret).update(text).digest("base64url");

/** @param {Buffer} key @param {string} text @param {string} what */
function sealed(key, text, what) {
  const nonce = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(what));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** @param {Buffer} key @param {Buffer} nonce @param {Buffer} body @param {string} what */
function opened(key, nonce, body, what) {
  const cipher = crypto.createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(what)).setAuthTag(body.subarray(-16));
  return Buffer.concat([cipher.update(body.subarray(0, -16)), cipher.final()]).toString();
}

/** @param {any} offer @param {number} port */
function agreed({ code, name, public: theirs }, port) {
  const stretched = crypto.pbkdf2Sync(CODE, bound("pair", theirs, port), 600_000, 32, "sha256");
  if (signed(stretched, bound("client", theirs, name, port)) !== code) return null;
  const pair = crypto.createECDH("prime256v1");
  const own = pair.generateKeys("base64url");
  const key = derived(pair.computeSecret(theirs, "base64url"), stretched, bound("key", theirs, own)).toString("base64url");
  return { key, answer: { ...GRANT, key: null, public: own, proof: signed(key, bound("server", GRANT.client_id, GRANT.server_id)) } };
}

export const ACCOUNT = {
  key: "per", label: "Personal", purpose: "personal", letters: "PER", colour: "#0072B2", ink: "#FFFFFF", symbol: "●", certainty: "sure",
  customer_id: "A1PERSONAL", registered: true,
}; // prettier-ignore

/** @param {object} [change] */
export const reply = (change) => ({
  visit: "", account: ACCOUNT, signed_in: true, kind: "home", marketplace: "amazon.com", captured: null, events: 0,
  verdict: { verdict: "allow", suggest: null, suggest_label: null, reasons: [] }, ...change,
}); // prettier-ignore

/** @typedef {{key: string, epoch: string, ended: boolean}} State */

/** @param {import("node:http").ServerResponse} response @param {State} state @param {URLSearchParams} query @param {number} port */
function hello(response, { key, epoch, ended }, query, port) {
  const what = bound("hello", query.get("client") ?? "", query.get("n") ?? "", port);
  const proof = sealed(keyFor(key, "", "hello"), JSON.stringify({ epoch, ended }), what);
  response.end(JSON.stringify({ proof: "", sealed: proof.toString("base64url") }));
}

/** @param {import("node:http").ServerResponse} response @param {State} state @param {any} offer @param {number} port */
function pairing(response, state, offer, port) {
  const grant = agreed(offer, port);
  if (grant !== null) state.key = grant.key;
  response.writeHead(grant === null ? 403 : 200).end(JSON.stringify(grant?.answer ?? { code: "pair/refused", detail: "Too old." }));
}

/**
 * `body` is the decrypted request; null if it could not be decrypted.
 * @typedef {{method: string, path: string, authorization: string|undefined, body: any, raw: string}} Seen
 * @typedef {{status: number, body: object}} Answer
 */

/**
 * Start a server; `seen` lists its requests, `answers` may replace the answer of a sealed path, `strange` answers every request instead, like another program.
 * @param {{key?: string, port?: number, strange?: (response: import("node:http").ServerResponse) => void}} [options]
 */
export async function startServer({ key = KEY, port: wanted = 0, strange } = {}) {
  /** @type {Seen[]} */
  const seen = [];
  /** @type {Record<string, (body: any) => Answer|Promise<Answer>>} */
  const answers = {
    "/api/v1/visits": (body) => ({ status: 200, body: reply({ visit: body.id }) }),
    "/api/v1/decisions": () => ({ status: 200, body: {} }),
  };
  const state = { key, epoch: crypto.randomBytes(16).toString("base64url"), ended: false };
  const server = createServer(async (request, response) => {
    response.setHeader("Connection", "close");
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const raw = await buffer(request);
    const { authorization } = request.headers;
    const entry = { method: request.method ?? "", path: url.pathname, authorization, body: null, raw: raw.toString("latin1") };
    seen.push(entry);
    if (strange) return strange(response);
    const path = url.pathname;
    if (path === "/api/v1/hello") return hello(response, state, url.searchParams, port);
    if (path === "/api/v1/pair") return pairing(response, state, (entry.body = JSON.parse(raw.toString())), port);
    const [client = "", epoch = "", nonce = ""] = (authorization ?? "").replace("Sealed ", "").split(".");
    const place = [client, epoch, nonce, entry.method, path, port];
    const say = (/** @type {number} */ status, /** @type {object} */ body) =>
      void response.end(sealed(keyFor(state.key, epoch, "answer"), `${status}\n${JSON.stringify(body)}`, bound("answer", ...place)));
    if (epoch !== state.epoch) return say(409, { code: "auth/epoch" });
    entry.body = JSON.parse(opened(keyFor(state.key, epoch, "request"), Buffer.from(nonce, "base64url"), raw, bound("request", ...place)));
    const answer = (await answers[path]?.(entry.body)) ?? { status: 404, body: {} };
    say(answer.status, answer.body);
  });
  await new Promise((resolve) => server.listen(wanted, "127.0.0.1", () => resolve(null)));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { port, seen, answers, state, stop: () => new Promise((resolve) => server.close(resolve)) };
}
