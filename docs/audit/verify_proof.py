"""Checks a proof of the command "audit prove": python3 verify_proof.py proof.json public-key.pem

The same as VerifyProof.java. Needs the package "cryptography" for Ed25519. Exit code 0 only when all of it holds.
"""

import base64
import hashlib
import json
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


def check(proved, suggestion_id, key):
    row, checkpoint = json.loads(proved["row"]), json.loads(proved["checkpoint"])
    key.verify(base64.b64decode(proved["signature"]), proved["checkpoint"].encode())
    if checkpoint["format"] != "cxone-assist-checkpoint/1" or row["suggestionId"] != suggestion_id:
        raise ValueError("another format, or another suggestion")
    if row["node"] != checkpoint["node"] or row["seq"] != checkpoint["firstSeq"] + proved["leafIndex"]:
        raise ValueError("at another place than its checkpoint says")
    found = root(proved["row"].encode(), proved["leafIndex"], checkpoint["rows"], proved["path"])
    if found.hex() != checkpoint["merkleRoot"]:
        raise ValueError("not in the tree of its checkpoint")
    print(f"row {row['seq']} of node {row['node']}: {row['event']} at {row['at']}")


def main(proof_file, key_file):
    with open(key_file, "rb") as file:
        key = load_pem_public_key(file.read())
    with open(proof_file, encoding="utf-8") as file:
        proof = json.load(file)
    try:
        if proof["format"] != "cxone-assist-proof/1" or not proof["rows"]:
            raise ValueError("no proof")
        for proved in proof["rows"]:
            check(proved, proof["suggestionId"], key)
    except (ValueError, KeyError, TypeError, InvalidSignature) as e:
        print(f"NOT PROVED: {type(e).__name__} {e}")
        sys.exit(1)
    print(f"OK: {len(proof['rows'])} rows of suggestion {proof['suggestionId']}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
