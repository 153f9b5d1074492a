/** The only module that talks to the local server, over the sealed link: whatever cannot prove the key is another program. */

import { language } from "./browser.js";
import { areNotices, areOrders, isReply, isSummary } from "./replies.js";
import { handshake, linkOf, nonce, openHello, readJson, seal } from "./sealing.js";

const PATIENCE = 10_000;
/** Opening a browser's window takes longer. */
const WINDOW_PATIENCE = 40_000;
const LARGEST_ANSWER = 4_000_000;
const SEALED = "application/vnd.shopper.sealed";

/** What went wrong: `away` no answer, `stranger` not our server, `revoked` the pairing has ended, `busy` later, `refused` not this. */
export class ApiError extends Error {
  /** @param {"away"|"stranger"|"revoked"|"busy"|"refused"} cause @param {string} text @param {string} code */
  constructor(cause, text = cause, code = cause) {
    super(text);
    this.cause = cause;
    this.code = code;
  }
}

/** The epoch of each server since this worker started, by port and client. @type {Map<string, string>} */
const epochs = new Map();

/** @param {import("./types.js").Pairing} paired */
const mark = ({ port, clientId }) => `${port}/${clientId}`;

/**
 * Redeem a code: eight digits. Raises ApiError.
 * @param {number} port @param {string} digits @param {string} name @returns {Promise<import("./types.js").Pairing>}
 */
export async function pair(port, digits, name) {
  const offer = await handshake(digits, name, port);
  const given = JSON.stringify({ code: offer.proof, name, sealed: true, public: offer.public });
  const { ok, bytes } = await fetched(port, "/pair", { "Content-Type": "application/json" }, given);
  const answer = readJson(new TextDecoder().decode(bytes));
  if (!ok) throw answer?.code === "pair/refused" ? new ApiError("refused", String(answer.detail)) : new ApiError("stranger");
  const { public: theirs, proof, client_id: clientId, server_id: serverId } = answer ?? {};
  if (![theirs, proof, clientId, serverId].every((part) => typeof part === "string")) throw new ApiError("stranger");
  const key = await offer.agreed(theirs, proof, clientId, serverId);
  if (key === null) throw new ApiError("stranger");
  return { port, clientId, serverId, key, pairedAt: new Date().toISOString() };
}

/** @param {import("./types.js").Pairing} paired @param {import("./types.js").Visit} visit @returns {Promise<import("./types.js").Reply>} */
export const sendVisit = async (paired, visit) => checked(await sealed(paired, "/visits", visit), isReply);

/** Ask for all accounts, and what is new on one of them; null for all. @param {import("./types.js").Pairing} paired @param {string|null} account @returns {Promise<import("./types.js").Summary>} */
export const askSummary = async (paired, account) => checked(await sealed(paired, "/summary", { account: account ?? "" }), isSummary);

/** Find the orders that have these words. @param {import("./types.js").Pairing} paired @param {string} words @param {string|null} account @returns {Promise<import("./types.js").FoundOrders>} */
export async function searchOrders(paired, words, account) {
  const answer = await sealed(paired, "/summary/search", { words: words.slice(0, 100), account: account ?? "" });
  return checked(answer, (/** @type {any} */ { orders }) => areOrders(orders));
}

/** Ask what is worth a notice on the desktop. @param {import("./types.js").Pairing} paired @returns {Promise<import("./types.js").Notice[]>} */
export const askNotices = async (paired) => checked(await sealed(paired, "/summary/notices", {}), areNotices).notices;

/** Say whose customer id it is: an account's, or that of a new one. @param {import("./types.js").Pairing} paired @param {{customer_id: string, account: string, label: string, purpose: string}} named */
export const nameAccount = (paired, named) => sealed(paired, "/identities/name", named);

/** Open the window of an account. @param {import("./types.js").Pairing} paired @param {string} account */
export const openWindow = (paired, account) => sealed(paired, "/windows", { account }, WINDOW_PATIENCE);

/** Return an answer of the right shape. Raises ApiError. @param {any} answer @param {(answer: any) => boolean} fits */
function checked(answer, fits) {
  if (answer === null || !fits(answer)) {
    throw new ApiError("refused", "The server's answer has a shape that this extension does not know.", "reply/shape");
  }
  return answer;
}

/** @param {import("./types.js").Pairing} paired @param {import("./types.js").Decision} decision */
export const sendDecision = (paired, decision) => sealed(paired, "/decisions", decision);

/** Ask the server to prove itself; sends only our client id. Raises ApiError. @param {import("./types.js").Pairing} paired */
export async function prove(paired) {
  const asked = nonce();
  const { bytes } = await fetched(paired.port, `/hello?n=${asked}&client=${paired.clientId}`, { Accept: "application/json" });
  const hello = await openHello(await linkOf(paired), asked, readJson(new TextDecoder().decode(bytes))?.sealed);
  if (hello === null) throw new ApiError("stranger");
  if (hello.ended) throw new ApiError("revoked");
  epochs.set(mark(paired), hello.epoch);
  return hello.epoch;
}

/** @param {import("./types.js").Pairing} paired @param {string} path @param {object} body @param {number} [patience] @returns {Promise<any>} */
async function sealed(paired, path, body, patience = PATIENCE) {
  const known = epochs.get(mark(paired));
  const answer = await exchanged(paired, known ?? (await prove(paired)), path, body, patience);
  // The server has been restarted.
  const last =
    answer.status === 409 && readJson(answer.text)?.code === "auth/epoch"
      ? await exchanged(paired, await prove(paired), path, body, patience)
      : answer;
  if (last.status < 300) return readJson(last.text);
  const { code, detail } = readJson(last.text) ?? {};
  throw new ApiError(causeOf(last.status, code), String(detail ?? last.status), String(code ?? last.status));
}

/** @param {import("./types.js").Pairing} paired @param {string} epoch @param {string} path @param {object} body @param {number} patience */
async function exchanged(paired, epoch, path, body, patience) {
  const message = await seal(await linkOf(paired), epoch, "POST", `/api/v1${path}`, JSON.stringify(body));
  // Not sealed: it only chooses the language of sentences.
  const headers = { Authorization: message.authorization, "Content-Type": SEALED, "Accept-Language": language() };
  const { bytes } = await fetched(paired.port, path, headers, message.body, patience);
  const answer = await message.open(bytes);
  if (answer === null) {
    epochs.delete(mark(paired));
    throw new ApiError("stranger");
  }
  return answer;
}

/** Only a sealed answer gets here. @param {number} status @param {unknown} code */
function causeOf(status, code) {
  if (status === 401) return code === "auth/seal" ? "stranger" : "revoked";
  return status === 429 || status === 409 || status >= 500 ? "busy" : "refused";
}

/**
 * @param {number} port @param {string} path @param {Record<string, string>} headers @param {BodyInit} [body] @param {number} [patience]
 * @returns {Promise<{ok: boolean, bytes: Uint8Array<ArrayBuffer>}>}
 */
async function fetched(port, path, headers, body, patience = PATIENCE) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      ...(body !== undefined && { body }),
      cache: "no-store",
      credentials: "omit",
      redirect: "manual",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(patience),
    });
    return { ok: response.ok, bytes: await limited(response) };
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError("away");
  }
}

/** Read an answer up to a limit; our server never sends more. @param {Response} response */
async function limited(response) {
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > LARGEST_ANSWER) {
      await reader?.cancel();
      throw new ApiError("stranger");
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
