/**
 * What travels between the extension and the server, written by `make extension-types` from assistant/wire: edit that.
 *
 * @typedef {{key: string, label: string, purpose: string, owner: string, home: string, colour: string, symbol: string, letters: string, business: boolean, organization: string|null, status: string, closed_at: string|null, notice: string|null, marketplaces: string[], addresses: string[], understood: string[], cards: string[], customer_ids: string[], last_seen: string|null, hex: string, ink: string}} Account
 * @typedef {{account: Account, month: MonthSpending[], alerts: number}} AccountSummary
 * @typedef {{id: number, at: string, account: string|null, code: string, level: Level, text: string, advice: string, evidence: string[], source: string, url: string|null, choice: string|null, dismissed_at: string|null, links: Link[], order_id: string|null, afterwards: boolean}} Alert
 * @typedef {{account: string, order_id: string, placed_on: string|null, title: string, items: number, cost: Money|null}} BoughtOrder
 * @typedef {{state: "failed"|"parked"|"read", new: number, changed: number, same: number, problems: Problem[]}} Captured
 * @typedef {"always_right"|"continue"|"left"|"not_now"} Choice
 * @typedef {{visit: string, reason: string, choice: Choice}} DecisionBody
 * @typedef {{visit: string, reason: string, choice: Choice}} Decision
 * @typedef {{due: string, account: string, order_id: string, kind: DueKind, what: string, title: string}} Due
 * @typedef {"code"|"coupon"|"membership"|"payment"|"return"|"subscription"|"trial"} DueKind
 * @typedef {{id: number, kind: EventKind, at: string, data: Record<string, string|number|null>}} Event
 * @typedef {"account-changed"|"alert-changed"|"books-changed"|"client-paired"|"client-revoked"|"identity-seen"|"import-failed"|"orders-imported"|"rules-changed"|"verdict-reached"} EventKind
 * @typedef {{orders: BoughtOrder[]}} FoundOrders
 * @typedef {{token: string, client_id: string, server_id: string, proof_key: string, scopes: Scope[]}} Grant
 * @typedef {{proof: string, sealed: string|null}} Hello
 * @typedef {"allow"|"block-confirm"|"notice"|"warn"} Level
 * @typedef {{kind: string, label: string, url: string}} Link
 * @typedef {{amount: string, currency: string}} Money
 * @typedef {{spent: Money, budget: Money|null}} MonthSpending
 * @typedef {{key: string, text: string}} Notice
 * @typedef {{notices: Notice[]}} Notices
 * @typedef {{html?: string, scripts?: string[], nav?: string}} PageBody
 * @typedef {{code: string, name?: string, sealed?: boolean, public?: string}} PairBody
 * @typedef {{where: string, code: string, text: string}} Problem
 * @typedef {"badge:read"|"full"|"observe:write"|"summary:read"} Scope
 * @typedef {{key: string|null, public: string|null, proof: string|null, client_id: string, server_id: string, scopes: Scope[]}} SealedGrant
 * @typedef {{key: string|null, label: string, purpose: string|null, letters: string, colour: string, ink: string, symbol: string, certainty: "carried"|"sure"|"unknown", customer_id: string|null, registered: boolean}} SeenAccount
 * @typedef {"account_switcher"|"business_report"|"buy_now"|"cart"|"checkout"|"close_account"|"coupon_clip"|"digital_export"|"email"|"family"|"family_invite"|"gift_card_redeem"|"gift_list"|"home"|"invoice"|"json_orders"|"memberships"|"offer_terms"|"order_details"|"order_list"|"orders_csv"|"other"|"prime_interstitial"|"prime_signup"|"privacy_zip"|"product"|"promo_entry"|"refund_export"|"retail_export"|"return_form"|"returns_export"|"review_done"|"review_form"|"review_vote"|"sign_in"|"sns_signup"|"subscriptions"|"thank_you"|"transactions"|"trial_signup"|"user"} SourceKind
 * @typedef {{accounts: AccountSummary[], orders: BoughtOrder[], warnings: Alert[], dates: Due[]}} Summary
 * @typedef {{verdict: Level, suggest: string|null, suggest_label: string|null, reasons: VisitReason[]}} Verdict
 * @typedef {{id: string, at: string, url: string, tab: number, store: string, page: PageBody}} VisitBody
 * @typedef {{code: string, level: Level, text: string, advice: string, evidence: string[], source: string, links: Link[]}} VisitReason
 * @typedef {{visit: string, account: SeenAccount|null, signed_in: boolean|null, kind: SourceKind, marketplace: string|null, verdict: Verdict, captured: Captured|null, events: number}} VisitReply
 */

export {};
