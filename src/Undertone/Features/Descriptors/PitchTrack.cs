namespace Undertone.Features.Descriptors;

/// <summary>
/// The F0 of a recording that is given block by block: candidates of every frame first, then the path through them that
/// costs least (<see cref="PitchPath"/>). One object serves one recording after the other, and one thread at a time.
/// </summary>
internal sealed class PitchTrack(HarmonicSpectra spectra, double lowest, double highest)
{
    private const int Candidates = SubharmonicSummation.Candidates;
    private const float LeastRms = 0.001f;

    private float[] _frequencies = [];
    private float[] _voicing = [];
    private float[] _rms = [];
    private int[] _choice = [];
    private float[] _pitch = [];

    /// <summary>How many frames there are.</summary>
    public int Frames { get; private set; }

    /// <summary>Forgets the recording.</summary>
    public void Clear() => Frames = 0;

    /// <summary>Takes the next frames.</summary>
    /// <param name="samples">The audio from the first of them on.</param>
    /// <param name="frames">How many.</param>
    public void Add(ReadOnlySpan<float> samples, int frames)
    {
        if (_rms.Length < Frames + frames)
        {
            var room = Math.Max(Frames + frames, Math.Max(LongRecording.BlockFrames, _rms.Length + (_rms.Length / 2)));
            Array.Resize(ref _rms, room);
            Array.Resize(ref _frequencies, room * Candidates);
            Array.Resize(ref _voicing, room * Candidates);
        }

        spectra.Candidates(
            samples,
            (lowest, highest),
            _frequencies.AsSpan(Frames * Candidates),
            _voicing.AsSpan(Frames * Candidates),
            _rms.AsSpan(Frames, frames));
        Frames += frames;
    }

    /// <summary>F0 in Hz of every frame, once it was found; 0 where there is no voice.</summary>
    public ReadOnlySpan<float> Pitch => _pitch.AsSpan(0, Frames);

    /// <summary>Finds F0 of all frames given.</summary>
    /// <param name="probability">
    /// Receives the voicing of the candidate chosen, or of the best where there is no voice: 0 to 1, and 0 where it is
    /// too quiet. Empty where it is not wanted.
    /// </param>
    public void Find(Span<float> probability)
    {
        if (_pitch.Length < Frames)
        {
            _pitch = new float[_rms.Length];
            _choice = new int[_rms.Length];
        }

        var choice = _choice.AsSpan(0, Frames);
        PitchPath.Find(_frequencies, _voicing, choice);
        for (var frame = 0; frame < choice.Length; frame++)
        {
            var loud = _rms[frame] >= LeastRms;
            _pitch[frame] = choice[frame] >= 0 && loud ? _frequencies[(frame * Candidates) + choice[frame]] : 0;
            if (!probability.IsEmpty)
            {
                probability[frame] = loud ? Math.Max(0, _voicing[(frame * Candidates) + Math.Max(0, choice[frame])]) : 0;
            }
        }
    }
}
