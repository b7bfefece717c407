"""Checks a Zhiheng proof file offline, written from docs/ledger.md alone.

usage: python3 verify.py FILE --key PUBLIC_KEY [--key PUBLIC_KEY ...]

Exit status: 0 when every check passes, 1 when one fails, 2 when the file or a key is malformed.
Needs Python 3.8 and its standard library; Ed25519 is done here in plain integers (RFC 8032).
"""
import argparse
import base64
import hashlib
import hmac
import json
import re
import sys


class Malformed(Exception):
    pass


class Failed(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).digest()


# --- text forms ---------------------------------------------------------------------------------

def from_base64(text):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Malformed("base64")
    if base64.b64encode(data).decode() != text:
        raise Malformed("base64")
    return data


def from_hex(text):
    if not re.fullmatch(r"([0-9a-f]{2})*", text):
        raise Malformed("hex")
    return bytes.fromhex(text)


def from_decimal(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", text) or int(text) >= 1 << 64:
        raise Malformed("decimal")
    return int(text)


# --- canonical JSON -----------------------------------------------------------------------------

ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def canonical(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise Malformed("integer too large")
        return str(value)
    if isinstance(value, str):
        written = (ESCAPES.get(ord(c)) or ("\\u%04x" % ord(c) if c < " " else c) for c in value)
        return '"' + "".join(written) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    raise Malformed("not JSON of this kind")


def refuse(text):
    raise Malformed("number " + text)


def members(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Malformed("duplicate name")
    return result


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def parse_canonical(data):
    try:
        value = json.loads(
            data.decode("utf-8"), parse_float=refuse, parse_constant=refuse, object_pairs_hook=members)
        if depth(value) > 64 or canonical(value).encode("utf-8") != data:
            raise Malformed("JSON is not canonical")
    except (ValueError, RecursionError):
        raise Malformed("JSON")
    return value


# --- Ed25519 (RFC 8032, verification only) --------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_valid(public, signature, message):
    a, r = point(public), point(signature[:32]) if len(signature) == 64 else None
    if a is None or r is None:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(multiply(s, BASE), add(r, multiply(h, a)))


# --- tree ---------------------------------------------------------------------------------------

def leaf_hash(leaf):
    return sha256(b"\x00" + leaf)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def check_inclusion(leaf, index, size, path, root):
    if index >= size:
        raise Failed("the index lies outside the tree")
    f, s, r = index, size - 1, leaf
    for p in path:
        if s == 0:
            raise Failed("the path is too long")
        if f & 1 or f == s:
            r = node_hash(p, r)
            while f % 2 == 0 and f:
                f, s = f >> 1, s >> 1
        else:
            r = node_hash(r, p)
        f, s = f >> 1, s >> 1
    if s != 0 or r != root:
        raise Failed("it is not in the tree")


# --- keys and checkpoints -----------------------------------------------------------------------

def is_key_name(name):
    return name != "" and "+" not in name and not any(c.isspace() or c < " " for c in name)


def parse_key(text):
    parts = text.split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):
        raise Malformed("key")
    name, key_id, key = parts[0], from_hex(parts[1]), from_base64(parts[2])
    if len(key) != 33 or key[0] != 1 or key_id != sha256(name.encode() + b"\n" + key)[:4]:
        raise Malformed("key")
    return name, key_id, key[1:]


def parse_note(note):
    if any(byte < 0x20 and byte != 0x0A for byte in note) or len(note) > 1_000_000:
        raise Malformed("checkpoint")
    divider = note.rfind(b"\n\n")
    if divider < 0 or not note.endswith(b"\n"):
        raise Malformed("checkpoint")
    text, lines = note[:divider + 1], note[divider + 2:-1].decode("utf-8").split("\n")
    signatures = []
    for line in lines:
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not is_key_name(parts[1]):
            raise Malformed("signature line")
        data = from_base64(parts[2])
        if len(data) < 5:
            raise Malformed("signature line")
        signatures.append((parts[1], data[:4], data[4:]))
    if len(signatures) > 100:
        raise Malformed("too many signatures")
    return text, signatures


def parse_checkpoint(text):
    lines = text.decode("utf-8").split("\n")[:-1]
    if len(lines) < 3 or "" in lines:
        raise Malformed("checkpoint")
    root = from_base64(lines[2])
    if len(root) != 32:
        raise Malformed("root")
    return lines[0], from_decimal(lines[1]), root


def check_signatures(text, signatures, keys, origin):
    signers = set()
    for name, key_id, signature in signatures:
        known = [key for key in keys if key[:2] == (name, key_id)]
        if not known:
            continue
        if not any(ed25519_valid(key[2], signature, text) for key in known):
            raise Failed("the signature of %s is false" % name)
        signers.add(name)
    if origin not in signers:
        raise Failed("no trusted key of %s signed" % origin)


# --- proof files --------------------------------------------------------------------------------

def parse_proof(data):
    head, gap, note = data.partition(b"\n\n")
    lines = head.decode("utf-8").split("\n")
    if not gap or len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1":
        raise Malformed("proof file")
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Malformed("proof file")
    leaf, *shown = from_base64(lines[1][6:]).split(b"\n")
    path = [from_base64(line) for line in lines[3:]]
    if any(len(item) != 32 for item in path):
        raise Malformed("path")
    return leaf, shown, from_decimal(lines[2][6:]), path, note


def parse_shown(lines):
    """The openings, and the row or None."""
    values = [parse_canonical(line) for line in lines]
    row = None
    if values and isinstance(values[-1], dict) and set(values[-1]) == {"cells", "path", "row"}:
        row = parse_row(values.pop())
    return [parse_opening(value) for value in values], row


def parse_row(row):
    cells, path, index = row["cells"], row["path"], row["row"]
    if not isinstance(cells, list) or not all(isinstance(cell, str) for cell in cells):
        raise Malformed("cells")
    if not isinstance(path, list) or not all(isinstance(item, str) for item in path):
        raise Malformed("path of the row")
    if any(len(from_hex(item)) != 32 for item in path):
        raise Malformed("path of the row")
    if type(index) is not int or index < 0:
        raise Malformed("row")
    return row


def parse_opening(opening):
    if not isinstance(opening, dict) or set(opening) != {"field", "salt", "value"}:
        raise Malformed("opening")
    if not isinstance(opening["field"], str) or not isinstance(opening["salt"], str):
        raise Malformed("opening")
    if len(from_hex(opening["salt"])) != 32:
        raise Malformed("salt")
    return opening


def check_opening(opening, leaf):
    salt = from_hex(opening["salt"])
    changes = leaf.get("changes") if isinstance(leaf, dict) else None
    recorded = changes.get(opening["field"]) if isinstance(changes, dict) else None
    if not isinstance(recorded, dict) or set(recorded) != {"commitment"}:
        raise Failed("the entry holds no commitment for this field")
    message = canonical({"field": opening["field"], "value": opening["value"]}).encode("utf-8")
    if hmac.new(salt, message, "sha256").hexdigest() != recorded["commitment"]:
        raise Failed("the value is not the one recorded")


def check_row(row, leaf):
    if not isinstance(leaf, dict) or leaf.get("action") != "import" or type(leaf.get("rows")) is not int:
        raise Failed("the entry records no rows")
    root = leaf.get("root")
    if not isinstance(root, str) or not re.fullmatch(r"[0-9a-f]{64}", root):
        raise Failed("the entry records no rows")
    path = [from_hex(item) for item in row["path"]]
    leaf_of_row = leaf_hash(canonical(row["cells"]).encode("utf-8"))
    check_inclusion(leaf_of_row, row["row"], leaf["rows"], path, from_hex(root))


def verify(data, key_texts):
    """The list of (check, problem or None)."""
    keys = [parse_key(text) for text in key_texts]
    leaf_bytes, shown, index, path, note = parse_proof(data)
    if len(leaf_bytes) > 65535:
        raise Malformed("leaf too long")
    leaf = parse_canonical(leaf_bytes)
    openings, row = parse_shown(shown)
    text, signatures = parse_note(note)
    origin, size, root = parse_checkpoint(text)
    checks = [
        ("leaf", lambda: None),
        ("signature", lambda: check_signatures(text, signatures, keys, origin)),
        ("inclusion", lambda: check_inclusion(leaf_hash(leaf_bytes), index, size, path, root)),
    ]
    checks += [("opening " + o["field"], lambda o=o: check_opening(o, leaf)) for o in openings]
    if row is not None:
        checks.append(("row", lambda: check_row(row, leaf)))
    results = []
    for name, check in checks:
        try:
            check()
            results.append((name, None))
        except Failed as problem:
            results.append((name, str(problem)))
    return results


def main():
    parser = argparse.ArgumentParser(description="Checks a Zhiheng proof file offline.")
    parser.add_argument("file")
    parser.add_argument("--key", action="append", required=True, help="a trusted public key")
    arguments = parser.parse_args()
    try:
        with open(arguments.file, "rb") as file:
            results = verify(file.read(), arguments.key)
    except (Malformed, UnicodeDecodeError, OSError) as problem:
        print("malformed:", problem)
        return 2
    for name, problem in results:
        print(name + ":", "passed" if problem is None else "FAILED, " + problem)
    return 0 if all(problem is None for _, problem in results) else 1


if __name__ == "__main__":
    sys.exit(main())
