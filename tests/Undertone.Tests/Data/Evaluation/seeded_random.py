"""xoshiro256** and SplitMix64 after their published definitions (Blackman and Vigna), with the seeding by SHA-256
that SeededRandom documents. Run by itself it writes seeded-random.json."""
import hashlib
import json
import math
import pathlib
import struct

MASK = (1 << 64) - 1


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


class Random:
    def __init__(self, seed):
        self.s = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = seed
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.s.append(z ^ (z >> 31))
        self.spare = None

    @classmethod
    def of(cls, *parts):
        h = hashlib.sha256()
        for p in parts:
            if isinstance(p, str):
                b = p.encode()
                h.update(b"s" + struct.pack("<q", len(b)) + b)
            else:
                h.update(b"n" + struct.pack("<q", p))
        return cls(struct.unpack("<Q", h.digest()[:8])[0])

    def bits(self):
        s = self.s
        result = (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def below(self, n):
        m = self.bits() * n
        threshold = (1 << 64) % n
        while (m & MASK) < threshold:
            m = self.bits() * n
        return m >> 64

    def real(self):
        return (self.bits() >> 11) * 2.0 ** -53

    def gaussian(self):
        if self.spare is not None:
            x, self.spare = self.spare, None
            return x
        while True:
            u, v = 2 * self.real() - 1, 2 * self.real() - 1
            s = u * u + v * v
            if 0 < s < 1:
                break
        f = math.sqrt(-2 * math.log(s) / s)
        self.spare = v * f
        return u * f

    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


if __name__ == "__main__":
    r = Random(42)
    bits = [str(r.bits()) for _ in range(6)]
    r = Random.of(7, "03", "validation")
    out = {
        "seed42": bits,
        "ints": [r.below(n) for n in (1, 2, 10, 38, 2147483647, 3, 3, 3)],
        "doubles": [r.real() for _ in range(4)],
        "gaussians": [r.gaussian() for _ in range(5)],
        "shuffled": r.shuffle(list(range(10))),
    }
    path = pathlib.Path(__file__).with_name("seeded-random.json")
    path.write_text(json.dumps(out, indent=1) + "\n")
