using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Undertone.Augmentation;
using Undertone.Corpora;
using Undertone.Features;
using Undertone.Models.Networks;
using Undertone.Models.Pretraining;
using Undertone.Models.SupportVectors;
using Undertone.Speech;
using Undertone.Torch;
using Undertone.Training;

namespace Undertone.Systems;

/// <summary>What all deep systems share: features in, a network trained on them, probabilities or values out.</summary>
/// <typeparam name="TSettings">The system's settings.</typeparam>
public abstract class DeepSystem<TSettings> : DeepSystem
    where TSettings : DeepSettings, new()
{
    private const string WeightsFile = "model.safetensors";
    private const string ScalerMetadata = "scaler";
    private const string TargetsMetadata = "targets";

    /// <inheritdoc/>
    public override SystemSettings Defaults => new TSettings();

    /// <summary>Builds the network with initial weights.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="dimensions">Values of a feature frame.</param>
    /// <param name="classes">The number of classes, or of a regression's targets.</param>
    public abstract SequenceClassifier Build(TSettings settings, int dimensions, int classes);

    /// <inheritdoc/>
    public sealed override SequenceClassifier Build(DeepSettings settings, int dimensions, int classes) => Build((TSettings)settings, dimensions, classes);

    /// <summary>Called before a network is trained, to give it other than random weights; does nothing of itself.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="network">What <see cref="Build(TSettings, int, int)"/> made.</param>
    /// <exception cref="UndertoneException">The weights that the settings name cannot be used.</exception>
    protected virtual void Begin(TSettings settings, SequenceClassifier network)
    {
    }

    /// <summary>Called behind <see cref="Begin"/>, to let the network learn from the fold's training utterances without their labels before it is trained towards these; does nothing of itself.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="network">The network, on its device.</param>
    /// <param name="features">The normalised features of the training utterances and of their copies.</param>
    /// <param name="loop">What goes through them: it draws the batches from a seed of its own for each member, and tells of the epochs.</param>
    protected virtual void Pretrain(TSettings settings, SequenceClassifier network, IReadOnlyList<FeatureMatrix> features, PretrainingLoop loop)
    {
    }

    /// <summary>
    /// Support vector machines that tell the classes apart by the trained network's embedding, in the place of its output layer;
    /// null, as it is of itself, leaves it to that layer. In a regression they have no part.
    /// </summary>
    /// <param name="settings">The settings.</param>
    protected virtual SupportVectorMachineOptions? Machine(TSettings settings) => null;

    /// <inheritdoc/>
    public override TrainedSystem Train(TrainingRequest request)
    {
        var settings = (TSettings)request.Settings;
        var first = Fit(request, settings, request.Train, request.Validation, [], []);
        if (!settings.Training.Refit || request.Validation.Count == 0)
        {
            return first;
        }

        using (first)
        {
            var validated = first.Predict(request.Validation, request.Features);
            var again = Fit(request, settings, [.. request.Train, .. request.Validation], [], first.KeptEpochs, first.History);
            return again.WithValidated(validated);
        }
    }

    /// <summary>Trains every member.</summary>
    /// <param name="request">Classes, features, seed and device.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="train">Utterances to train on.</param>
    /// <param name="validation">Utterances to stop by; may be empty.</param>
    /// <param name="epochs">How long each member is trained; empty for as long as the settings say.</param>
    /// <param name="before">The history so far; epochs and seconds are counted on from it.</param>
    private Trained Fit(
        TrainingRequest request,
        TSettings settings,
        IReadOnlyList<Utterance> train,
        IReadOnlyList<Utterance> validation,
        IReadOnlyList<int> epochs,
        IReadOnlyList<EpochRecord> before)
    {
        var device = Engine.Device(request.Device);
        var encoding = ExampleEncoding.Fit(request.Task, settings.Training, train);
        var preparation = new FeaturePreparation(settings.FeatureSet.CreateExtractor(), settings.Normalisation, settings.Preprocessing);
        var variants = preparation.FitTraining(
            train, request.Features, settings.Augmentation.Speeds, settings.Augmentation, request.Seed, request.Cancellation);
        var examples = train
            .Select((u, i) => (IReadOnlyList<Example>)[.. variants.Select(v => encoding.Encode(u, v[i]))])
            .ToList();
        var held = preparation.Normalise(preparation.Extract(validation, request.Features), preparation.GroupsOf(validation))
            .Select((f, i) => encoding.Encode(validation[i], f))
            .ToList();

        var networks = new List<SequenceClassifier>();
        var machines = new List<EmbeddingMachine>();
        var history = before.ToList();
        var kept = new List<int>();
        try
        {
            for (var member = 0; member < settings.Members; member++)
            {
                var seed = SeededRandom.From("member", request.Seed, member);
                Engine.ManualSeed((long)(seed.NextUInt64() >> 1));
                var network = Build(settings, preparation.Extractor.Dimensions, request.Task.Outputs);
                networks.Add(network);
                Begin(settings, network);
                network.To(device);
                var clock = Stopwatch.StartNew();
                var loop = new PretrainingLoop(SeededRandom.From("pre-training", request.Seed, member), request.OnPretraining, request.Cancellation);
                using (new DisposeScope())
                {
                    Pretrain(settings, network, [.. examples.SelectMany(e => e.Select(v => v.Features))], loop);
                }

                var pretraining = clock.Elapsed.TotalSeconds;
                var training = epochs.Count == 0 ? settings.Training : settings.Training with { Epochs = epochs[member] };
                var mixup = settings.Augmentation.Mixup > 0 ? new Mixup(settings.Augmentation.Mixup) : null;
                var trainer = new NetworkTrainer(network, encoding.Objective(training), training, settings.Augmentation.Create(settings.Bands), device, mixup);
                var (done, seconds) = (history.Count, pretraining + (history.Count == 0 ? 0 : history[^1].Seconds));
                EpochRecord Counted(EpochRecord e) => e with { Epoch = e.Epoch + done, Seconds = e.Seconds + seconds };
                var records = trainer.Fit(
                    examples, held, (long)(seed.NextUInt64() >> 1), e => request.OnEpoch?.Invoke(Counted(e)), request.Cancellation);
                history.AddRange(records.Select(Counted));
                kept.Add(trainer.KeptEpoch);
                if (Machine(settings) is { } options && !request.Task.IsRegression)
                {
                    machines.Add(EmbeddingMachine.Fit(network, options, [.. examples.Select(e => e[0])], [.. train.Select(u => $"{u.Corpus}/{u.Speaker}")], request, device));
                }
            }

            return new Trained(this, settings, encoding, networks, preparation, device, history) { KeptEpochs = kept, Machines = machines };
        }
        catch
        {
            networks.ForEach(n => n.Dispose());
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

        TSettings settings;
        try
        {
            settings = SettingsJson.Read(new TSettings(), description.Settings);
        }
        catch (UndertoneException error)
        {
            throw new UndertoneException($"The settings in '{Path.Combine(folder, ModelDescription.FileName)}' do not fit the system '{Name}': {error.Message}", error);
        }

        var weights = Path.Combine(folder, WeightsFile);
        if (!File.Exists(weights))
        {
            throw new UndertoneException($"The model in '{folder}' has no weights: '{WeightsFile}' is missing. Copy the whole folder, or train the model again.");
        }

        var preparation = new FeaturePreparation(settings.FeatureSet.CreateExtractor(), settings.Normalisation, settings.Preprocessing);
        description.RequireSameFeatures(folder, preparation.Extractor);
        var networks = Enumerable.Range(0, settings.Members)
            .Select(_ => Build(settings, preparation.Extractor.Dimensions, description.Task.Outputs))
            .ToList();
        TargetScaler? targets = null;
        IReadOnlyList<EmbeddingMachine> machines;
        try
        {
            using var scope = new DisposeScope();
            var stored = SafeTensors.Read(weights, out var metadata);
            for (var member = 0; member < networks.Count; member++)
            {
                var prefix = Prefix(member);
                networks[member].Load(stored
                    .Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .ToDictionary(t => t.Key[prefix.Length..], t => t.Value, StringComparer.Ordinal));
            }

            if (settings.Normalisation is Normalisation.Global or Normalisation.Utterance)
            {
                preparation.Scaler = metadata.TryGetValue(ScalerMetadata, out var json)
                    ? FeatureScaler.FromJson(json)
                    : throw new UndertoneException($"'{weights}' lacks the features' mean and standard deviation ('{ScalerMetadata}'). Train the model again.");
            }

            if (description.Task.IsRegression)
            {
                targets = metadata.TryGetValue(TargetsMetadata, out var json)
                    ? TargetScaler.FromJson(json, description.Task.Outputs)
                    : throw new UndertoneException($"'{weights}' lacks the targets' mean and standard deviation ('{TargetsMetadata}'). Train the model again.");
            }

            machines = Machine(settings) is { } options && !description.Task.IsRegression
                ? EmbeddingMachine.Read(folder, networks, options, description.Task.Outputs)
                : [];
        }
        catch (Exception error) when (error is FormatException or TorchException or JsonException)
        {
            networks.ForEach(n => n.Dispose());
            var what = error is SafeTensorsException ? error.Message : $"the weights in {weights} cannot be used: {error.Message}";
            throw new UndertoneException($"{what.TrimEnd('.')}. Copy the file again, or train the model again.", error);
        }
        catch
        {
            networks.ForEach(n => n.Dispose());
            throw;
        }

        return new Trained(this, settings, new ExampleEncoding(description.Task, targets), networks, preparation, Device.Cpu, []) { Machines = machines };
    }

    private static string Prefix(int member) => string.Create(CultureInfo.InvariantCulture, $"{member}.");

    private sealed class Trained(
        DeepSystem<TSettings> system,
        TSettings settings,
        ExampleEncoding encoding,
        IReadOnlyList<SequenceClassifier> networks,
        FeaturePreparation preparation,
        Device device,
        IReadOnlyList<EpochRecord> history) : TrainedSystem
    {
        private float[][]? _validated;

        public IReadOnlyList<int> KeptEpochs { get; init; } = [];

        /// <summary>One a network, or none.</summary>
        public IReadOnlyList<EmbeddingMachine> Machines { get; init; } = [];

        public override float[][]? Validated => _validated;

        public override ModelCost? Cost => new(
            networks.Sum(n => n.ParameterCount()) + Machines.Sum(m => m.Parameters),
            (networks.Sum(MultiplyAddsOf) + Machines.Sum(m => m.MultiplyAdds)) / ModelCost.CountedSeconds);

        public override TrainingTask Task => encoding.Task;

        public override IReadOnlyList<string> Classes => encoding.Task.Classes;

        public override SystemSettings Settings => settings;

        public override IReadOnlyList<EpochRecord> History => history;

        public Trained WithValidated(float[][] rows)
        {
            _validated = rows;
            return this;
        }

        public override float[][] Predict(IReadOnlyList<Utterance> utterances, FeatureCache features) =>
            Predict(preparation.Extract(utterances, features), preparation.GroupsOf(utterances));

        public override float[][] Predict(IReadOnlyList<Waveform> waveforms) =>
            Predict(preparation.Extract(waveforms), [.. waveforms.Select(_ => "")]);

        public override void Save(string folder)
        {
            new ModelDescription
            {
                System = system.Name,
                Classes = encoding.Task.Classes,
                Targets = encoding.Task.IsRegression ? encoding.Task.Targets : null,
                Settings = SettingsJson.Write(settings),
                Dimensions = preparation.Extractor.Dimensions,
                Features = preparation.Extractor.Fingerprint,
            }.Write(folder);
            var metadata = new Dictionary<string, string> { ["system"] = system.Name };
            if (preparation.Scaler is { } scaler)
            {
                metadata[ScalerMetadata] = scaler.ToJson();
            }

            if (encoding.Targets is { } targets)
            {
                metadata[TargetsMetadata] = targets.ToJson();
            }

            using var scope = new DisposeScope();
            var weights = new OrderedDictionary<string, Tensor>();
            for (var member = 0; member < networks.Count; member++)
            {
                foreach (var (name, tensor) in networks[member].StateDict())
                {
                    weights.Add(Prefix(member) + name, tensor.Detach().To(Device.Cpu).Contiguous());
                }
            }

            SafeTensors.Write(Path.Combine(folder, WeightsFile), weights, metadata);
            EmbeddingMachine.Write(folder, Machines);
        }

        public override void Dispose()
        {
            foreach (var network in networks)
            {
                network.Dispose();
            }

            base.Dispose();
        }

        private double MultiplyAddsOf(SequenceClassifier network)
        {
            using var scope = new DisposeScope();
            using var noGrad = new NoGrad();
            var frames = Math.Max(network.MinimumFrames, preparation.Extractor.FramesIn(ModelCost.CountedSeconds));
            var input = FeatureBatch.From([new FeatureMatrix(new float[frames * preparation.Extractor.Dimensions], frames, preparation.Extractor.Dimensions)], frames, device);
            network.Eval();
            using var count = new MultiplyAdds();
            network.Forward(input.Features, input.Lengths);
            return count.Total;
        }

        private float[][] Predict(FeatureMatrix[] features, IReadOnlyList<string> groups)
        {
            var normalised = preparation.Normalise(features, groups);
            var objective = encoding.Objective(settings.Training);
            var members = networks
                .Select((n, member) => Machines.Count == 0 ? NetworkTrainer.Answers(n, normalised, objective, device) : Machines[member].Answers(normalised, device))
                .ToList();
            float[][] rows = members.Count == 1
                ? members[0]
                : [.. Enumerable.Range(0, features.Length).Select(i => Mean([.. members.Select(m => m[i])]))];
            return encoding.Targets is { } targets ? [.. rows.Select(targets.Restore)] : rows;
        }

        private static float[] Mean(float[][] rows) =>
            [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Average(r => r[c]))];
    }
}
