/**
 * The shapes that travel between pages, background and server. Types only.
 *
 * The server's shapes are generated: server-types.js.
 * @typedef {import("./server-types.js").SeenAccount} Account
 * @typedef {import("./server-types.js").Level} Level
 * @typedef {import("./server-types.js").Link} Link
 * @typedef {import("./server-types.js").VisitReason} Reason
 * @typedef {import("./server-types.js").Verdict} Verdict
 * @typedef {import("./server-types.js").VisitReply} Reply
 * @typedef {import("./server-types.js").Summary} Summary
 * @typedef {import("./server-types.js").AccountSummary} AccountSummary
 * @typedef {import("./server-types.js").BoughtOrder} BoughtOrder
 * @typedef {import("./server-types.js").FoundOrders} FoundOrders
 * @typedef {import("./server-types.js").Money} Money
 * @typedef {import("./server-types.js").Notice} Notice
 *
 * What a content script saw. `kind`: the kind of page by its address, "" for others; `lasting`: worth keeping with its HTML when the server is away; `buying`: a cart or checkout.
 * `page_load` stays the same until the page is reloaded, `loaded` is the time of loading.
 * @typedef {{id: string, at: string, url: string, kind: string, lasting: boolean, buying: boolean,
 *   page_load: string, loaded: string, page: {html: string, scripts: string[], nav: string}}} Observation
 *
 * The body of POST /visits.
 * @typedef {{id: string, at: string, url: string, tab: number, store: string, page: Observation["page"]}} Visit
 *
 * `ready` the server answered; `pending` it was asked; `away` it does not answer; `stranger` another program uses its port;
 * `forbidden` the browser does not let us reach it.
 * @typedef {"ready"|"pending"|"away"|"stranger"|"forbidden"|"unpaired"} Standing
 *
 * The view of one page: shown by badge, popup, ribbon and guard. `settled`: texts of reasons that the user has handled.
 * @typedef {{standing: Standing, visit: string|null, pageLoad: string|null, loaded: string|null, account: Account|null, signedIn: boolean|null,
 *   kind: string|null, verdict: Verdict|null, settled: string[], signIn: string|null}} View
 *
 * `key` of the sealed link; or `token` in a pairing made by an older version.
 * @typedef {{port: number, clientId: string, serverId: string, key?: string, token?: string, pairedAt: string}} Pairing
 * What the user chose about a reason; the body of POST /decisions.
 * @typedef {{visit: string, reason: string, choice: "continue"|"always_right"|"not_now"|"left"}} Decision
 * An entry of the queue: a visit, or a decision with its own id and time.
 * @typedef {Visit|{id: string, at: string, decision: Decision}} Waiting
 * What the user chose: whether the ribbon is shown, whether it is small; language and theme ("": those of the browser and the system).
 * @typedef {{ribbon: boolean, small: boolean, language: string, theme: string}} Look
 * Whether nothing is kept, and which groups of pages are not.
 * @typedef {{paused: boolean, off: string[]}} Capture
 * @typedef {{tab: number, frame: number}} Spot
 */

export {};
