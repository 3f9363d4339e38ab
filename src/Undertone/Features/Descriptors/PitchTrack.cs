namespace Undertone.Features.Descriptors;

/// <summary>
/// The F0 of a recording that is given block by block: candidates of every frame first, then the path through them that
/// costs least (<see cref="PitchPath"/>). One object serves one recording after the other, and one thread at a time.
/// </summary>
internal sealed class PitchTrack(HarmonicSpectra spectra, double lowest, double highest)
{
    private const int Candidates = SubharmonicSummation.Candidates;
    private const int RmsAt = 2 * Candidates;
    private const float LeastRms = 0.001f;

    private readonly PitchPath _path = new();

    // Frequencies of the candidates, their voicing, and how loud the frame is.
    private readonly ContourStore _candidates = new(RmsAt + 1);
    private readonly float[] _block = new float[(RmsAt + 1) * LongRecording.BlockFrames];

    private sbyte[] _choice = [];
    private float[] _pitch = [];

    /// <summary>How many frames there are.</summary>
    public int Frames => _path.Frames;

    /// <summary>F0 in Hz of every frame, once it was found; 0 where there is no voice.</summary>
    public ReadOnlySpan<float> Pitch => _pitch.AsSpan(0, Frames);

    /// <summary>Forgets the recording.</summary>
    public void Clear()
    {
        _path.Clear();
        _candidates.Clear();
    }

    /// <summary>Takes the next frames.</summary>
    /// <param name="samples">The audio from the first of them on.</param>
    /// <param name="frames">How many, at most <see cref="LongRecording.BlockFrames"/>.</param>
    public void Add(ReadOnlySpan<float> samples, int frames)
    {
        var to = _candidates.Add(frames);
        var frequencies = _block.AsSpan(0, frames * Candidates);
        var voicing = _block.AsSpan(frames * Candidates, frames * Candidates);
        spectra.Candidates(samples, (lowest, highest), frequencies, voicing, to[RmsAt]);
        _path.Add(frequencies, voicing);
        Scatter(frequencies, to, 0);
        Scatter(voicing, to, Candidates);
    }

    /// <summary>Finds F0 of all frames given.</summary>
    /// <param name="probability">
    /// Receives the voicing of the candidate chosen, or of the best where there is no voice: 0 to 1, and 0 where it is
    /// too quiet. Empty where it is not wanted.
    /// </param>
    public void Find(Span<float> probability)
    {
        if (_pitch.Length < Frames)
        {
            (_pitch, _choice) = (new float[Frames], new sbyte[Frames]);
        }

        _path.Find(_choice);
        for (var first = 0; first < Frames; first += LongRecording.BlockFrames)
        {
            var count = Math.Min(LongRecording.BlockFrames, Frames - first);
            for (var contour = 0; contour <= RmsAt; contour++)
            {
                _candidates.Read(contour, first, _block.AsSpan(contour * count, count));
            }

            for (var frame = 0; frame < count; frame++)
            {
                int choice = _choice[first + frame];
                var loud = _block[(RmsAt * count) + frame] >= LeastRms;
                _pitch[first + frame] = choice >= 0 && loud ? _block[(choice * count) + frame] : 0;
                if (!probability.IsEmpty)
                {
                    probability[first + frame] = loud ? Math.Max(0, _block[((Candidates + Math.Max(0, choice)) * count) + frame]) : 0;
                }
            }
        }

        _candidates.Clear();
    }

    private static void Scatter(ReadOnlySpan<float> rows, ContourBlock to, int first)
    {
        for (var c = 0; c < Candidates; c++)
        {
            var contour = to[first + c];
            for (var frame = 0; frame < contour.Length; frame++)
            {
                contour[frame] = rows[(frame * Candidates) + c];
            }
        }
    }
}
