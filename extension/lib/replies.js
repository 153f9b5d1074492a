/** Checks the shapes of the server's answers; invalid ones are not shown. */

const LEVELS = new Set(["allow", "notice", "warn", "block-confirm"]);
const COLOUR = /^#[0-9a-f]{6}$/i;

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value */
const isTextOrNull = (value) => value === null || typeof value === "string";

/** Return whether an answer to a visit has the shape that badge, ribbon and guard rely on. @param {any} answer */
export function isReply(answer) {
  if (!isObject(answer) || typeof answer.visit !== "string" || typeof answer.kind !== "string") return false;
  const { account, signed_in: signedIn, verdict, captured } = answer;
  return (
    (account === null || isAccount(account)) &&
    (signedIn === null || typeof signedIn === "boolean") &&
    isVerdict(verdict) &&
    (captured === null || (isObject(captured) && Array.isArray(captured.problems) && captured.problems.every(isObject)))
  );
}

/** @param {any} account */
function isAccount(account) {
  if (!isObject(account)) return false;
  const { label, letters, symbol, certainty, customer_id: customer, colour, ink, key, purpose, registered } = account;
  const texts = [label, letters, symbol, certainty, customer].every((part) => typeof part === "string");
  return texts && isTextOrNull(key) && isTextOrNull(purpose) && typeof registered === "boolean" && COLOUR.test(colour) && COLOUR.test(ink);
}

/** @param {any} verdict */
function isVerdict(verdict) {
  if (!isObject(verdict) || !LEVELS.has(verdict.verdict) || !Array.isArray(verdict.reasons)) return false;
  return isTextOrNull(verdict.suggest ?? null) && verdict.reasons.every(isReason);
}

/** @param {any} reason */
function isReason(reason) {
  if (!isObject(reason) || !LEVELS.has(reason.level) || typeof reason.code !== "string" || typeof reason.text !== "string") return false;
  const { evidence, links, advice, source } = reason;
  const lists = Array.isArray(evidence) && evidence.every((line) => typeof line === "string") && areAll(links ?? [], isLink);
  return lists && isTextOrNull(advice ?? null) && isTextOrNull(source ?? null);
}

/** @param {any} link */
const isLink = ({ kind, label, url }) => [kind, label, url].every((part) => typeof part === "string");

/** Return whether an answer has the shape of a summary. @param {any} answer */
export function isSummary(answer) {
  if (!isObject(answer)) return false;
  const { accounts, orders, warnings, dates } = answer;
  return areAll(accounts, isAccountSummary) && areOrders(orders) && areAll(warnings, isWarning) && areAll(dates, isDate);
}

/** @param {any} orders */
export const areOrders = (orders) =>
  areAll(orders, ({ account, order_id: number, placed_on: day, title, items, cost }) => {
    const texts = [account, number, title].every((part) => typeof part === "string");
    return texts && isTextOrNull(day) && typeof items === "number" && (cost === null || isMoney(cost));
  });

/** @param {any} values @param {(value: any) => boolean} fits */
const areAll = (values, fits) => Array.isArray(values) && values.every((value) => isObject(value) && fits(value));

/** @param {any} money */
const isMoney = (money) => isObject(money) && /^-?[0-9]+([.][0-9]+)?$/.test(money.amount) && /^[A-Z]{3}$/.test(money.currency);

/** @param {any} given */
function isAccountSummary({ account, month, alerts }) {
  if (!isObject(account) || typeof alerts !== "number") return false;
  const { key, label, letters, symbol, hex, ink } = account;
  const texts = [key, label, letters, symbol].every((part) => typeof part === "string");
  const months = areAll(month, ({ spent, budget }) => isMoney(spent) && (budget === null || isMoney(budget)));
  return texts && COLOUR.test(hex) && COLOUR.test(ink) && months;
}

/** @param {any} given */
const isWarning = ({ level, text, account }) => LEVELS.has(level) && typeof text === "string" && isTextOrNull(account);

/** @param {any} given */
const isDate = ({ due, what, title, account }) => [due, what, title, account].every((part) => typeof part === "string");

/** Return whether an answer has the shape of notices. @param {any} answer */
export function areNotices(answer) {
  const found = isObject(answer) ? answer["notices"] : null;
  return Array.isArray(found) && found.every((one) => isObject(one) && typeof one["key"] === "string" && typeof one["text"] === "string");
}
