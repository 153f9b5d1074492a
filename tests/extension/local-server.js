/** A real HTTP server on a free port that speaks just enough of the contract to show what the extension sends, and when. */

import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

export const GRANT = {
  token: "token-1",
  client_id: "client-1",
  server_id: "server-1",
  proof_key: "a proof key",
  scopes: ["observe:write"],
};

export const ACCOUNT = {
  key: "per", label: "Personal", purpose: "personal", letters: "PER", colour: "#0072B2", ink: "#FFFFFF", symbol: "●", certainty: "sure",
  customer_id: "A1PERSONAL", registered: true,
}; // prettier-ignore

/** @param {object} [change] */
export const reply = (change) => ({
  visit: "", account: ACCOUNT, signed_in: true, kind: "home", marketplace: "amazon.com", captured: null, events: 0,
  verdict: { verdict: "allow", suggest: null, suggest_label: null, reasons: [] }, ...change,
}); // prettier-ignore

/**
 * @typedef {{method: string, path: string, token: string|undefined, body: any}} Seen
 * @typedef {{status: number, body: object}} Answer
 */

/**
 * Start a server; `seen` lists its requests, `answers` may replace what a path says.
 * @param {{key?: string}} [options]
 */
export async function startServer({ key = GRANT.proof_key } = {}) {
  /** @type {Seen[]} */
  const seen = [];
  /** @type {Record<string, (body: any) => Answer|Promise<Answer>>} */
  const answers = {
    "/api/v1/pair": () => ({ status: 200, body: GRANT }),
    "/api/v1/visits": (body) => ({ status: 200, body: reply({ visit: body.id }) }),
    "/api/v1/decisions": () => ({ status: 200, body: {} }),
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const body = request.method === "POST" ? JSON.parse(await text(request)) : null;
    seen.push({ method: request.method ?? "", path: url.pathname, token: request.headers.authorization, body });
    const proof = createHmac("sha256", key)
      .update(url.searchParams.get("n") ?? "")
      .digest("hex");
    const answer = url.pathname === "/api/v1/hello" ? { status: 200, body: { proof } } : await answers[url.pathname]?.(body);
    response
      .writeHead(answer?.status ?? 404, { "Content-Type": "application/json", Connection: "close" })
      .end(JSON.stringify(answer?.body ?? {}));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { port, seen, answers, stop: () => new Promise((resolve) => server.close(resolve)) };
}
