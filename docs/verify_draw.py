#!/usr/bin/env python3
"""Checks a draw of Naru without a line of Naru: docs/draw.md, in Python.

  verify_draw.py vectors docs/draw.md              the test vectors of the document
  verify_draw.py check STATUS.json TICKETS.csv COMMITMENT
      a whole draw: GET /api/v1/campaigns/{c}/line after the opening, `naru draw export`,
      and the commitment as it was published before anybody joined
"""
import csv, hashlib, hmac, json, math, re, sys


def place(seed, size, number, beacon=""):
    if number > size:
        return number
    mac = lambda key, message: hmac.new(key, message, hashlib.sha256).digest()
    key = mac(seed, b"naru-draw-1" + size.to_bytes(8, "big") + beacon.encode())
    m = math.isqrt(size - 1) + 1
    value = number - 1
    while True:
        left, right = divmod(value, m)
        for r in range(24):
            drawn = int.from_bytes(mac(key, bytes([r]) + right.to_bytes(4, "big"))[:6], "big")
            left, right = right, (left + drawn % m) % m
        value = left * m + right
        if value < size:
            break
    if size > 1 and value < 2 and mac(key, bytes([24]) + bytes(4))[0] >= 128:
        value = 1 - value
    return value + 1


def vectors(document):
    rows = re.findall(r"^\| (\d+) \| (.*?) ?\| (\d+) \| (\d+) \|$", open(document, encoding="utf-8").read(), re.M)
    wrong = [row for row in rows if place(bytes(range(32)), int(row[0]), int(row[2]), row[1].strip()) != int(row[3])]
    return len(rows), wrong


def check(status, tickets, commitment):
    draw = json.load(open(status, encoding="utf-8"))["draw"]
    seed, size, beacon = bytes.fromhex(draw["seed"]), draw["size"], draw.get("beacon", "")
    rows = [(int(row["number"]), int(row["place"])) for row in csv.DictReader(open(tickets))]
    wrong = [row for row in rows if place(seed, size, row[0], beacon) != row[1]]
    if hashlib.sha256(seed).hexdigest() != commitment:
        wrong.append("the seed is not the one that was promised")
    if sorted(number for number, _ in rows) != list(range(1, len(rows) + 1)) or len(rows) < size:
        wrong.append("numbers are missing or there twice")
    return len(rows), wrong


if __name__ == "__main__":
    count, wrong = {"vectors": vectors, "check": check}[sys.argv[1]](*sys.argv[2:])
    print(f"{count} compared, {len(wrong)} wrong", *wrong[:10], sep="\n")
    sys.exit(1 if wrong or not count else 0)
