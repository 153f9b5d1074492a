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
  const lists =
    Array.isArray(evidence) && evidence.every((line) => typeof line === "string") && (links === undefined || Array.isArray(links));
  return lists && isTextOrNull(advice ?? null) && isTextOrNull(source ?? null);
}
