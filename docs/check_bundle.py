#!/usr/bin/env python3
"""Checks a Feedrate bundle without Feedrate: needs Python 3.8 and openssl. The format: evidence-bundle.md."""
import base64, hashlib, json, subprocess, sys, tempfile, zipfile

def fail(text):
    sys.exit("INVALID: " + text)

def verify(public_key, message, signature, what):  # openssl does the Ed25519
    with tempfile.NamedTemporaryFile() as k, tempfile.NamedTemporaryFile() as m, tempfile.NamedTemporaryFile() as s:
        for file, data in (k, public_key), (m, message), (s, signature):
            file.write(data)
            file.flush()
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", k.name, "-rawin", "-in", m.name, "-sigfile", s.name]
        if subprocess.run(command, capture_output=True).returncode:
            fail(what + ": the signature does not fit")

def verify_envelope(public_key, envelope, what):  # DSSE: what is signed is type and payload with their lengths
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"].encode()
    pae = b"DSSEv1 %d %s %d " % (len(kind), kind, len(payload)) + payload
    verify(public_key, pae, base64.b64decode(envelope["signatures"][0]["sig"]), what)
    return payload

def root(start, end):  # RFC 9162: of leaves [start, end); what is not disclosed has its hash in hidden.txt
    if not leaves or leaves[-1][0] >= end:
        return bytes.fromhex(hidden.pop())
    if end - start == 1:
        return hashlib.sha256(b"\0" + leaves.pop()[1]).digest()
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    left = root(start, middle)
    return hashlib.sha256(b"\1" + left + root(middle, end)).digest()

bundle = zipfile.ZipFile(sys.argv[1])
files = {name: bundle.read(name) for name in bundle.namelist()}
key = files["key.pub.pem"]

manifest = json.loads(verify_envelope(key, json.loads(files["manifest.dsse.json"]), "manifest"))
if manifest != json.loads(files["manifest.json"]):
    fail("manifest.json is not what is signed")
digests = {file["name"]: file["digest"]["sha256"] for file in manifest["subject"]}
for name in set(files) ^ set(digests) ^ {"manifest.json", "manifest.dsse.json"}:
    fail(name + " is missing, or not in the manifest")
for name, digest in digests.items():
    if hashlib.sha256(files[name]).hexdigest() != digest:
        fail(name + " was changed")

lines = [line.split(b"\t", 1) for line in files["leaves.txt"].splitlines()]
leaves = [(int(index), text) for index, text in reversed(lines)]
hidden = files["log/hidden.txt"].decode().split()[::-1]
text, signatures = files["log/head.txt"].split(b"\n\n")
size, head = int(text.split(b"\n")[1]), base64.b64decode(text.split(b"\n")[2])
verify(key, text + b"\n", base64.b64decode(signatures.split()[2])[4:], "log/head.txt")
if root(0, size) != head or leaves or hidden:
    fail("leaves.txt does not lead to the signed head of the log")
rows = [json.loads(text) for _, text in lines]
if b"".join(base64.b64decode(l) for l in key.splitlines()[1:-1])[-32:] != \
        base64.b64decode([row for row in rows if row["leaf"] == "key"][-1]["public_key"]):
    fail("key.pub.pem is not the key of the log")

plan = manifest["predicate"]
newest = {}  # a later row about the same window supersedes the earlier one
for row in rows:
    if row["leaf"] == "result" and row["span"] == "WINDOW" and row["subject"] in plan["subjects"]:
        newest[row["kpi"], row["subject"], row["start_ns"], row["end_ns"]] = row["counts"]
for line in files["kpi.intoto.jsonl"].splitlines():
    said = json.loads(verify_envelope(key, json.loads(line), "kpi.intoto.jsonl"))["predicate"]
    windows = [counts for window, counts in newest.items() if window[0] == said["kpi"]["basis"]]
    sums = [sum(map(int, column)) for column in zip(*windows)] or [0] * len(said["counts"])
    names = said["kpi"]["counts"]
    if said["counts"] != dict(zip(names, sums)) or said["windows"]["count"] != len(windows):
        fail("the counts of %s are not the sums of its windows" % said["kpi"]["id"])
    if said["kpi"]["id"] == "sensor_data_completeness" and said["value"] is not None:
        n = said["counts"]
        if said["value"] != (n["good"] + n["good_late"]) / (sum(sums) - n["excluded"]):
            fail("the value of sensor_data_completeness does not follow from its counts")
print("OK: %d leaves, signed %s. Is %s the key that the plant told you?" % (len(rows), plan["signed"], plan["key"]))
