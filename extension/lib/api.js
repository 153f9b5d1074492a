/** The only place that talks to the local server. The token leaves here after the server has proven itself, never before. */

import { isProof, nonce } from "./pairing.js";

const LONGEST = 10_000;

/** What went wrong: `away` no answer, `stranger` not our server, `revoked` the token has ended, `busy` later, `refused` not this. */
export class ApiError extends Error {
  /** @param {"away"|"stranger"|"revoked"|"busy"|"refused"} cause @param {string} text @param {string} code */
  constructor(cause, text = cause, code = cause) {
    super(text);
    this.cause = cause;
    this.code = code;
  }
}

/** Servers that have proven themselves since this worker started or last failed, by port and id. @type {Set<string>} */
const proven = new Set();

/**
 * Redeem a code. Raises ApiError.
 * @param {number} port @param {string} code @param {string} name @returns {Promise<import("./types.js").Pairing>}
 */
export async function pair(port, code, name) {
  const grant = await request(port, "/pair", { body: { code, name } });
  const { token, client_id: clientId, server_id: serverId, proof_key: proofKey } = grant;
  if (![token, clientId, serverId, proofKey].every((part) => typeof part === "string" && part !== "")) throw new ApiError("stranger");
  return { port, token, clientId, serverId, proofKey, pairedAt: new Date().toISOString() };
}

/** @param {import("./types.js").Pairing} paired @param {import("./types.js").Visit} visit @returns {Promise<import("./types.js").Reply>} */
export const sendVisit = (paired, visit) => authorised(paired, "/visits", visit);

/**
 * @param {import("./types.js").Pairing} paired
 * @param {{visit: string, reason: string, choice: "continue"|"always_right"|"not_now"|"left"}} decision
 */
export const sendDecision = (paired, decision) => authorised(paired, "/decisions", decision);

/** Ask the server to prove itself; says nothing about us. Raises ApiError. @param {import("./types.js").Pairing} paired */
export async function prove(paired) {
  const asked = nonce();
  const answer = await request(paired.port, `/hello?n=${asked}`, {}).catch((error) => {
    // Whatever answers, but not as our server does, is another program.
    throw error.cause === "refused" ? new ApiError("stranger") : error;
  });
  if (!(await isProof(paired.proofKey, asked, answer?.proof))) throw new ApiError("stranger");
  proven.add(mark(paired));
}

/** @param {import("./types.js").Pairing} paired @param {string} path @param {object} body @returns {Promise<any>} */
async function authorised(paired, path, body) {
  if (!proven.has(mark(paired))) await prove(paired);
  try {
    return await request(paired.port, path, { token: paired.token, body });
  } catch (error) {
    if (error instanceof ApiError && error.cause === "away") proven.clear();
    throw error;
  }
}

/** @param {import("./types.js").Pairing} paired */
const mark = (paired) => `${paired.port}/${paired.serverId}`;

/**
 * @param {number} port @param {string} path @param {{token?: string, body?: object}} parts
 * @returns {Promise<any>}
 */
async function request(port, path, { token, body }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method: body ? "POST" : "GET",
      headers,
      ...(body && { body: JSON.stringify(body) }),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(LONGEST),
    });
  } catch {
    throw new ApiError("away");
  }
  return read(response);
}

/** @param {Response} response @returns {Promise<any>} */
async function read(response) {
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => undefined);
  if (response.ok) {
    if (answer === undefined) throw new ApiError("stranger");
    return answer;
  }
  throw new ApiError(causeOf(response.status), String(answer?.detail ?? response.status), String(answer?.code ?? response.status));
}

/** @param {number} status */
function causeOf(status) {
  if (status === 401) return "revoked";
  return status === 429 || status >= 500 ? "busy" : "refused";
}
