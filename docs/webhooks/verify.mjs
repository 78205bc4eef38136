// Verifies webhooks of CXone Agent Assist with nothing but Node.js, 18 or newer.
// To try it: node verify.mjs KEY ID TIMESTAMP SIGNATURE < body
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TOLERANCE_SECONDS = 300;

/**
 * key: your secret, whsec_…, or the public key that you were given, whpk_…
 * id, timestamp, signatures: the three headers, undefined or null for one that is missing
 * body: a Buffer with the request's bytes as they came, before anything has parsed them
 */
export function isGenuine(key, id, timestamp, signatures, body, now = Date.now() / 1000) {
  if (id == null || timestamp == null || signatures == null) {
    return false;
  }
  // an old delivery that somebody recorded is not repeated
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) {
    return false;
  }
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return signatures.split(' ').some((part) => {
    const comma = part.indexOf(',');
    const version = part.slice(0, comma);
    const given = Buffer.from(part.slice(comma + 1), 'base64');
    if (key.startsWith('whsec_') && version === 'v1') {
      const expected = createHmac('sha256', Buffer.from(key.slice(6), 'base64')).update(content).digest();
      // takes as long for a wrong one as for a right one
      return given.length === expected.length && timingSafeEqual(given, expected);
    }
    if (key.startsWith('whpk_') && version === 'v1a' && given.length === 64) {
      const x = Buffer.from(key.slice(5), 'base64').toString('base64url');
      return verify(null, content, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), given);
    }
    return false;
  });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const genuine = isGenuine(...process.argv.slice(2, 6), readFileSync(0));
  console.log(genuine ? 'genuine' : 'not genuine');
  process.exit(genuine ? 0 : 1);
}
