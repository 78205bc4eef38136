"""Verifies webhooks of CXone Agent Assist with nothing but Python 3: scheme v1.

Python's standard library has no Ed25519: for v1a take the package cryptography or PyNaCl, and the same bytes.
To try it: python3 verify.py KEY ID TIMESTAMP SIGNATURE < body
"""
import base64
import binascii
import hashlib
import hmac
import sys
import time

TOLERANCE_SECONDS = 300


def is_genuine(secret, id, timestamp, signatures, body, now=None):
    """secret: whsec_...; id, timestamp, signatures: the three headers, None for one that is missing; body: the request's bytes as they came."""
    if id is None or timestamp is None or signatures is None:
        return False
    now = time.time() if now is None else now
    # an old delivery that somebody recorded is not repeated
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    if not secret.startswith("whsec_"):
        raise ValueError("this one knows scheme v1 alone, whose secrets begin with whsec_")
    key = base64.b64decode(secret[len("whsec_"):])
    expected = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    for part in signatures.split(" "):
        version, _, value = part.partition(",")
        if version != "v1":
            continue
        try:
            given = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            continue
        # takes as long for a wrong one as for a right one
        if hmac.compare_digest(expected, given):
            return True
    return False


if __name__ == "__main__":
    genuine = is_genuine(*sys.argv[1:5], sys.stdin.buffer.read())
    print("genuine" if genuine else "not genuine")
    sys.exit(0 if genuine else 1)
