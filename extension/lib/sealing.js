/**
 * The sealed link with the local server: WebCrypto only. Keys by HKDF-SHA256, messages by AES-256-GCM, the pairing by ECDH over P-256 with the
 * typed code proven by HMAC-SHA256 under PBKDF2. README.md describes the protocol; assistant/services/pairing/sealing.py is the other side.
 */

const VERSION = "shopper/1";
const ROUNDS = 600_000;
const NONCE = 12;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const subtle = crypto.subtle;
const utf8 = new TextEncoder();

/** @typedef {{secret: Uint8Array<ArrayBuffer>, clientId: string, port: number}} Link */

/** The associated data of a message. @param {...(string|number)} parts */
const bound = (...parts) => utf8.encode([VERSION, ...parts].map((part) => String(part).replaceAll("\n", " ")).join("\n"));

/** @param {ArrayBuffer|Uint8Array} bytes */
export const toText = (bytes) =>
  btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

/** Return the bytes of base64url text. Throws for anything else. @param {string} text */
export const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** Return the link of a pairing. A pairing made by an older version uses its token. @param {import("./types.js").Pairing} paired @returns {Promise<Link>} */
export async function linkOf({ key, token, clientId, port }) {
  return { secret: new Uint8Array(await subtle.digest("SHA-256", utf8.encode(key ?? token ?? ""))), clientId, port };
}

/** Return a new nonce for a request as text. */
export const nonce = () => toText(crypto.getRandomValues(new Uint8Array(NONCE)));

/**
 * Return the content of a sealed answer to our hello, or null if the server does not have the key. @param {Link} link @param {string} asked @param {unknown} sealed
 * @returns {Promise<{epoch: string, ended: boolean}|null>}
 */
export async function openHello(link, asked, sealed) {
  if (typeof sealed !== "string") return null;
  const text = await opened(await keyFor(link, "", "hello"), () => fromText(sealed), bound("hello", link.clientId, asked, link.port));
  const { epoch, ended } = readJson(text) ?? {};
  return typeof epoch === "string" && /^[\w-]{22}$/.test(epoch) && typeof ended === "boolean" ? { epoch, ended } : null;
}

/**
 * Seal a request. `open` returns the status and text of its answer, or null if it was not sealed with this key for this request.
 * @param {Link} link @param {string} epoch @param {string} method @param {string} target @param {string} body
 */
export async function seal(link, epoch, method, target, body) {
  const own = nonce();
  const place = [link.clientId, epoch, own, method, target, link.port];
  const key = await keyFor(link, epoch, "request");
  const sealed = await subtle.encrypt(
    { name: "AES-GCM", iv: fromText(own), additionalData: bound("request", ...place) },
    key,
    utf8.encode(body),
  );
  return {
    authorization: `Sealed ${link.clientId}.${epoch}.${own}`,
    body: sealed,
    /** @param {Uint8Array<ArrayBuffer>} answer @returns {Promise<{status: number, text: string}|null>} */
    open: async (answer) => {
      const text = await opened(await keyFor(link, epoch, "answer"), () => answer, bound("answer", ...place));
      const split = text?.indexOf("\n") ?? -1;
      return text === null || split < 0 ? null : { status: Number(text.slice(0, split)), text: text.slice(split + 1) };
    },
  };
}

/**
 * Start a pairing: the message proves the code without containing it. `agreed` returns the key, or null if the server does not know the code.
 * @param {string} digits @param {string} name @param {number} port
 */
export async function handshake(digits, name, port) {
  const pair = /** @type {CryptoKeyPair} */ (await subtle.generateKey(CURVE, false, ["deriveBits"]));
  const own = toText(await subtle.exportKey("raw", pair.publicKey));
  const typed = await subtle.importKey("raw", utf8.encode(digits), "PBKDF2", false, ["deriveBits"]);
  const salt = bound("pair", own, port);
  const stretched = await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, 256);
  const proof = await signed(stretched, bound("client", own, name, port));
  return {
    public: own,
    proof,
    /** @param {string} theirs @param {string} confirmation @param {string} clientId @param {string} serverId @returns {Promise<string|null>} */
    agreed: async (theirs, confirmation, clientId, serverId) => {
      try {
        const point = await subtle.importKey("raw", fromText(theirs), CURVE, false, []);
        const shared = await subtle.deriveBits({ name: "ECDH", public: point }, pair.privateKey, 256);
        const key = toText(await derived(shared, new Uint8Array(stretched), bound("key", own, theirs)));
        return (await signed(utf8.encode(key), bound("server", clientId, serverId))) === confirmation ? key : null;
      } catch {
        return null; // not a point of the curve
      }
    },
  };
}

/** @param {BufferSource} secret @param {BufferSource} salt @param {BufferSource} info */
async function derived(secret, salt, info) {
  const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, 256);
}

/** @param {Link} link @param {string} salt @param {string} use */
async function keyFor(link, salt, use) {
  const raw = await derived(link.secret, utf8.encode(salt), utf8.encode(`${VERSION} ${use}`));
  return subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {BufferSource} secret @param {BufferSource} text */
async function signed(secret, text) {
  const key = await subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return toText(await subtle.sign("HMAC", key, text));
}

/** @param {CryptoKey} key @param {() => Uint8Array<ArrayBuffer>} read @param {BufferSource} what @returns {Promise<string|null>} */
async function opened(key, read, what) {
  try {
    const sealed = read();
    const plain = await subtle.decrypt({ name: "AES-GCM", iv: sealed.slice(0, NONCE), additionalData: what }, key, sealed.slice(NONCE));
    return new TextDecoder().decode(plain);
  } catch {
    return null;
  }
}

/** @param {string|null} text @returns {any} */
export function readJson(text) {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
