"""Writes the compressed files that AudioFileTests reads: a 440 Hz tone on the left, 880 Hz on the right.

    /usr/bin/python3 make_tones.py

Needs python3-torch, python3-torchaudio, whose sox back end encodes FLAC and OGG, and python3-soundfile, which encodes
MP3 by LAME. The tones are known in closed form, so the tests need no stored samples.
"""
import math
import pathlib

import soundfile
import torch
import torchaudio

HERE = pathlib.Path(__file__).parent
RATE, SECONDS, AMPLITUDE = 44100, 0.25, 0.5

torchaudio.set_audio_backend("sox_io")
time = torch.arange(int(RATE * SECONDS), dtype=torch.float64) / RATE
stereo = AMPLITUDE * torch.stack([torch.sin(2 * math.pi * f * time) for f in (440.0, 880.0)])
stereo = stereo.to(torch.float32)
torchaudio.save(str(HERE / "tones.flac"), stereo, RATE, format="flac", bits_per_sample=16)
torchaudio.save(str(HERE / "tones.ogg"), stereo, RATE, format="vorbis", compression=3)
soundfile.write(str(HERE / "tones.mp3"), stereo.T.numpy(), RATE, format="MP3")
