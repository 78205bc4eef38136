"""Checks a proof of the command "audit prove": python3 verify_proof.py proof.json public-keys.pem

The same as VerifyProof.java. Needs the package "cryptography" for Ed25519. Exit code 0 only when all of it holds, 1 where
something does not, 2 where it could not be looked at.
"""

import base64
import hashlib
import json
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaf, index, size, path):
    place, last, digest = index, size - 1, sha256(b"\x00", leaf)
    if not 0 <= index < size:
        raise ValueError("outside of its checkpoint")
    for sibling in map(bytes.fromhex, path):
        if last == 0:
            raise ValueError("path too long")
        if place % 2 == 1 or place == last:
            digest = sha256(b"\x01", sibling, digest)
            while place % 2 == 0 and place != 0:
                place, last = place // 2, last // 2
        else:
            digest = sha256(b"\x01", digest, sibling)
        place, last = place // 2, last // 2
    if last != 0:
        raise ValueError("path too short")
    return digest


def signed(checkpoint, signature, keys):
    for key in keys:
        try:
            key.verify(signature, checkpoint)
            return True
        except InvalidSignature:
            pass
    return False


def check(proved, suggestion_id, keys):
    row, checkpoint = json.loads(proved["row"]), json.loads(proved["checkpoint"])
    if not signed(proved["checkpoint"].encode(), base64.b64decode(proved["signature"]), keys):
        raise ValueError("not signed by a key of the file")
    if checkpoint["format"] != "cxone-assist-checkpoint/1" or row["suggestionId"] != suggestion_id:
        raise ValueError("another format, or another suggestion")
    if row["node"] != checkpoint["node"] or row["seq"] != checkpoint["firstSeq"] + proved["leafIndex"]:
        raise ValueError("at another place than its checkpoint says")
    found = root(proved["row"].encode(), proved["leafIndex"], checkpoint["rows"], proved["path"])
    if found.hex() != checkpoint["merkleRoot"]:
        raise ValueError("not in the tree of its checkpoint")
    print(f"row {row['seq']} of node {row['node']}: {row['event']} at {row['at']}")


def read(proof_file, key_file):
    with open(key_file, "rb") as file:
        blocks = re.findall(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", file.read(), re.DOTALL)
    if not blocks:
        raise ValueError("there is no public key in " + key_file)
    with open(proof_file, encoding="utf-8") as file:
        return json.load(file), [load_pem_public_key(block) for block in blocks]


def holds(proof, keys):
    try:
        if proof["format"] != "cxone-assist-proof/1" or not proof["rows"]:
            raise ValueError("no proof")
        for proved in proof["rows"]:
            check(proved, proof["suggestionId"], keys)
        uncovered = len(proof["uncovered"])
    except (ValueError, KeyError, TypeError) as e:
        print(f"NOT PROVED: {type(e).__name__} {e}")
        return False
    print(f"OK, rows of suggestion {proof['suggestionId']}: {len(proof['rows'])}")
    if uncovered:
        print(f"Not proved, since no checkpoint covers them yet, rows: {uncovered}")
    return True


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(print("usage: python3 verify_proof.py proof.json public-keys.pem", file=sys.stderr) or 2)
    try:
        given = read(sys.argv[1], sys.argv[2])
    except (OSError, ValueError) as e:
        sys.exit(print(e, file=sys.stderr) or 2)
    sys.exit(0 if holds(*given) else 1)
