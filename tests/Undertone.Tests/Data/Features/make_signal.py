"""The signal that the feature tests share: 0.4 s of a rising chirp with noise of a linear congruential generator.

    /usr/bin/python3 make_signal.py      writes signal.f32 (float32, little-endian, 16 kHz)
"""
import math
import pathlib
import struct

RATE, SAMPLES = 16000, 6400
HERE = pathlib.Path(__file__).parent


def signal():
    state, values = 12345, []
    for n in range(SAMPLES):
        state = (1664525 * state + 1013904223) % 2**32
        noise = state / 2**31 - 1
        time = n / RATE
        chirp = math.sin(2 * math.pi * (100 * time + 0.5 * (6000 - 100) / 0.4 * time * time))
        values.append((0.4 * chirp + 0.05 * noise) * min(1.0, n / 800))
    return values


if __name__ == "__main__":
    (HERE / "signal.f32").write_bytes(struct.pack(f"<{SAMPLES}f", *signal()))
