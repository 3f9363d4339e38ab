using System.Globalization;
using System.Text.Json;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Models;
using Undertone.Speech;
using Undertone.Training;

namespace Undertone.Systems.Traditional;

/// <summary>
/// Late fusion: any systems, each trained by itself inside the fold, their probabilities joined by a logarithmic opinion
/// pool. Its weights are learned from what each says of the validation speakers before it has heard them, never from
/// test speakers. libtorch is loaded where a member needs it and not otherwise.
/// </summary>
/// <remarks>
/// The weights have seen the labels of the validation rows that they are learned from, so that <c>validation.csv</c> is
/// better by a trifle than unheard speakers are: a few numbers are fitted to a hundred rows.
/// </remarks>
public sealed class Fusion : EmotionSystem
{
    private const string WeightsFile = "fusion.json";

    /// <inheritdoc/>
    public override string Name => "fusion";

    /// <inheritdoc/>
    public override string Summary => "Late fusion of any systems, weights learned on validation speakers";

    /// <inheritdoc/>
    public override string Citation => "Kittler et al. 1998, doi:10.1109/34.667881; Genest & Zidek 1986, doi:10.1214/ss/1177013825";

    /// <inheritdoc/>
    public override SystemSettings Defaults => new FusionSettings();

    /// <inheritdoc/>
    public override void Require(SystemSettings settings, TrainingTask task, string corpus, IReadOnlyList<Utterance> utterances)
    {
        base.Require(settings, task, corpus, utterances);
        foreach (var member in ((FusionSettings)settings).Resolve())
        {
            member.System.Require(member.Settings, task, corpus, utterances);
        }
    }

    /// <inheritdoc/>
    public override TrainedSystem Train(TrainingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = (FusionSettings)request.Settings;
        var members = new List<TrainedSystem>();
        var history = new List<EpochRecord>();
        try
        {
            foreach (var member in settings.Resolve())
            {
                var (done, seconds) = (history.Count, history.Count == 0 ? 0 : history[^1].Seconds);
                EpochRecord Counted(EpochRecord e) => e with { Epoch = e.Epoch + done, Seconds = e.Seconds + seconds };
                members.Add(member.System.Train(request with { Settings = member.Settings, OnEpoch = e => request.OnEpoch?.Invoke(Counted(e)) }));
                history.AddRange(members[^1].History.Select(Counted));
                request.Cancellation.ThrowIfCancellationRequested();
            }

            var classes = request.Classes.ToList();
            var answers = members.Select(m => m.Validated ?? Ask(m, request.Validation, request.Features)).ToList();
            var rows = ByUtterance(answers, request.Validation.Count);
            var pool = LogLinearPool.Fit(rows, [.. request.Validation.Select(u => classes.IndexOf(u.Emotion))], settings.Shrinkage, members.Count);

            // Where no member has heard the validation speakers since, it can be asked again.
            var validated = members.All(m => m.Validated is null) ? null : Join(pool, rows);
            return new Trained(settings, request.Task, members, pool, history, validated);
        }
        catch
        {
            members.ForEach(m => m.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public override TrainedSystem Load(string folder)
    {
        var description = ModelDescription.Read(folder);
        if (description.System != Name)
        {
            throw new UndertoneException($"The model in '{folder}' is of the system '{description.System}', not '{Name}'.");
        }

        var file = Path.Combine(folder, WeightsFile);
        var members = new List<TrainedSystem>();
        try
        {
            var settings = SettingsJson.Read(new FusionSettings(), description.Settings);
            var pool = new LogLinearPool(JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllText(file))?.GetValueOrDefault("weights") ?? []);
            var resolved = settings.Resolve();
            if (pool.Weights.Count != resolved.Count)
            {
                throw new UndertoneException($"'{file}' has {pool.Weights.Count} weights; expected one for each of the {resolved.Count} members.");
            }

            for (var m = 0; m < resolved.Count; m++)
            {
                members.Add(resolved[m].System.Load(Path.Combine(folder, Folder(m, resolved[m].System))));
            }

            return new Trained(settings, description.Task, members, pool, [], null);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            members.ForEach(m => m.Dispose());
            throw new UndertoneException($"'{file}' is {(error is JsonException ? "damaged" : "missing")}. Copy the whole folder again, or train the model again.", error);
        }
        catch
        {
            members.ForEach(m => m.Dispose());
            throw;
        }
    }

    private static string Folder(int member, EmotionSystem system) => string.Create(CultureInfo.InvariantCulture, $"{member + 1}-{system.Name}");

    private static float[][] Ask(TrainedSystem member, IReadOnlyList<Utterance> utterances, FeatureCache features) =>
        utterances.Count == 0 ? [] : member.Predict(utterances, features);

    private static List<float[][]> ByUtterance(List<float[][]> answers, int utterances) =>
        [.. Enumerable.Range(0, utterances).Select(i => answers.Select(a => a[i]).ToArray())];

    private static float[][] Join(LogLinearPool pool, List<float[][]> rows) =>
        [.. rows.Select(r => Array.ConvertAll(pool.Apply(r), p => (float)p))];

    private sealed class Trained(
        FusionSettings settings,
        TrainingTask task,
        IReadOnlyList<TrainedSystem> members,
        LogLinearPool pool,
        IReadOnlyList<EpochRecord> history,
        float[][]? validated) : TrainedSystem
    {
        public override IReadOnlyList<string> Classes => task.Classes;

        public override SystemSettings Settings => settings;

        public override IReadOnlyList<EpochRecord> History => history;

        public override float[][]? Validated => validated;

        public override float[][] Predict(IReadOnlyList<Utterance> utterances, FeatureCache features) =>
            Join(pool, ByUtterance([.. members.Select(m => m.Predict(utterances, features))], utterances.Count));

        public override float[][] Predict(IReadOnlyList<Waveform> waveforms) =>
            Join(pool, ByUtterance([.. members.Select(m => m.Predict(waveforms))], waveforms.Count));

        public override void Save(string folder)
        {
            new ModelDescription { System = "fusion", Classes = task.Classes, Settings = SettingsJson.Write(settings) }.Write(folder);
            File.WriteAllText(
                Path.Combine(folder, WeightsFile),
                JsonSerializer.Serialize(new Dictionary<string, IReadOnlyList<double>> { ["weights"] = pool.Weights }) + "\n");
            var systems = settings.Resolve();
            for (var m = 0; m < members.Count; m++)
            {
                var below = Path.Combine(folder, Folder(m, systems[m].System));
                Directory.CreateDirectory(below);
                members[m].Save(below);
            }
        }

        public override void Dispose()
        {
            foreach (var member in members)
            {
                member.Dispose();
            }

            base.Dispose();
        }
    }
}
