using System.Text.Json;
using System.Text.Json.Serialization;
using Undertone.Models.Pretraining;

namespace Undertone.Experiments;

/// <summary>What a trial's process tells the run, one JSON object a line on its standard output.</summary>
public sealed record WorkerMessage
{
    /// <summary><c>epoch</c>; <c>pretraining</c> with an epoch of learning without labels; <c>warning</c> with what slows the trial down; <c>finished</c>; <c>failed</c> with a reason that a second try would not change; <c>crashed</c> with any other.</summary>
    public required string Event { get; init; }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>What is pre-trained (<see cref="PretrainingEpoch.Stage"/>).</summary>
    public string? Stage { get; init; }

    /// <summary>How many epochs the stage of a pre-training has.</summary>
    public int Epochs { get; init; }

    /// <summary>Mean training loss of the epoch; of a pre-training its error of reconstruction.</summary>
    public double TrainLoss { get; init; }

    /// <summary>Mean validation loss after the epoch.</summary>
    public double ValidationLoss { get; init; }

    /// <summary>Validation UAR after the epoch, in [0, 1].</summary>
    public double ValidationUar { get; init; }

    /// <summary>A regression's mean validation CCC over targets after the epoch, in [-1, 1]; NaN where classes are told apart.</summary>
    public double ValidationCcc { get; init; }

    /// <summary>Wall-clock seconds: since training began, or of the whole trial where it is finished.</summary>
    public double Seconds { get; init; }

    /// <summary>The test UAR of a finished trial, in [0, 1], over the classes of its test part; NaN in a regression.</summary>
    public double Uar { get; init; }

    /// <summary>The mean test CCC over targets of a finished regression, in [-1, 1]; NaN where classes are told apart.</summary>
    public double Ccc { get; init; }

    /// <summary>Why a trial failed, or what the warning is.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether no other trial could be run either: the run folder is full or cannot be written, or libtorch is missing.</summary>
    public bool Stops { get; init; }

    /// <summary>The message as a line without its end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, WorkerJson.Default.WorkerMessage);

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line of a trial's standard output.</param>
    /// <returns>The message, or null for a line that is none (a native library may print too).</returns>
    public static WorkerMessage? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>How messages are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class WorkerJson : JsonSerializerContext;
