using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Undertone.Corpora;
using Undertone.Preprocessing.InputChecks;
using Undertone.Systems;

namespace Undertone.Experiments;

/// <summary>
/// A model's card in words, <c>README.md</c> in its folder (Mitchell et al. 2019, Model Cards for Model Reporting,
/// doi:10.1145/3287560.3287596).
/// </summary>
public static class ModelCard
{
    /// <summary>The file's name.</summary>
    public const string FileName = "README.md";

    /// <summary>Writes the card.</summary>
    /// <param name="model">The model's head.</param>
    /// <param name="corpus">The card of the corpus that it was trained on.</param>
    /// <param name="results">
    /// A page of docs/results that says what the same system with the same settings is worth; the card then has a place for its
    /// table, which <c>undertone results embed</c> fills. Null for none.
    /// </param>
    /// <returns>Markdown.</returns>
    public static string Write(ModelDescription model, CorpusCard corpus, string? results = null)
    {
        var origin = model.Origin ?? throw new ArgumentException("The model has no origin.", nameof(model));
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"# {model.System} trained on {corpus.Title}");
        Line();
        Line(model.Task.IsRegression
            ? $"Says the {string.Join(" and ", model.Task.Targets)} of speech, on the scale of its corpus. Load it with"
            : $"Tells {model.Classes.Count} {(origin.Target is null ? "emotions" : $"classes of {origin.Target}")} apart in speech: {string.Join(", ", model.Classes)}. Load it with");
        Line("`EmotionModel.Load(folder)` or `undertone predict FOLDER FILE...`.");
        Line();
        Line("## What it is worth");
        Line();
        Line(origin.Ccc is { } ccc
            ? $"CCC {string.Join(", ", ccc.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {c.Value:F3}")))} ({origin.Badge}) over {Count(origin.TestSpeakers.Count, "speaker")} that took no part in training ({string.Join(", ", origin.TestSpeakers)}); 0 is a guess, 1 is perfect. So few speakers say little about any one voice: an experiment over all speakers says more (`undertone run`)."
            : origin.Uar is { } uar
            ? string.Create(CultureInfo.InvariantCulture, $"UAR {uar * 100:F1} % ({origin.Badge}) over {Count(origin.TestSpeakers.Count, "speaker")} that took no part in training ({string.Join(", ", origin.TestSpeakers)}); chance is {100.0 / model.Classes.Count:F1} %. So few speakers say little about any one voice: an experiment over all speakers says more (`undertone run`).")
            : results is null
            ? "Not measured: every speaker took part in training. An experiment over all speakers measures it (`undertone run`)."
            : $"Every speaker took part in training, so this model itself cannot be measured on them. The same system with the same settings, trained on other speakers, reached (`{results}` in docs/results):");
        Line();
        if (results is not null)
        {
            Line($"<!-- table conditions {results} -->");
            Line();
            Line("<!-- end of table -->");
            Line();
        }

        Line("## Data");
        Line();
        Line(string.Create(CultureInfo.InvariantCulture, $"- Trained on {origin.Utterances} utterances of {Count(origin.Speakers, "speaker")} of `{corpus.Name}`: {(origin.RecordingType == TableCorpus.NotStated ? "" : origin.RecordingType + " ")}speech, {(origin.Language == TableCorpus.NotStated ? "language not stated" : origin.Language)}."));
        if (origin.Labels is { } scheme)
        {
            Line($"- The classes are those of the label scheme `{scheme}` (`undertone labels show {scheme}`); utterances without a counterpart were left out.");
        }

        Line($"- {Validation(model, origin)}");
        if (model.Inputs is { Count: > 0 } inputs)
        {
            Line($"- Its recordings, but for one in a hundred at either end: {string.Join(", ", InputMeasure.All.Where(m => inputs.ContainsKey(m.Name)).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {inputs[m.Name].Low:0.##} to {inputs[m.Name].High:0.##} {m.Unit}")))}. A prediction of a recording that lies outside warns.");
        }

        if (model.Task.IsRegression && corpus.DimensionScale.Length > 0)
        {
            Line($"- Scale: {corpus.DimensionScale}");
        }

        Line($"- Licence of the data: {corpus.Licence}");
        Line($"- Reference: {corpus.Reference}");
        Line($"- Limits of the data: {corpus.Limitations}");
        Line();
        Line("## Intended use");
        Line();
        Line("Research, teaching, and prototypes whose users know that an emotion label is a guess about how speech sounds,");
        Line($"not about what a person feels. Expect lower scores on other languages, spontaneous speech and other microphones than those of `{corpus.Name}`.");
        Line();
        Line("## Must not be used for");
        Line();
        Line("Decisions about a person (hiring, credit, insurance, policing, grading, diagnosis); covert monitoring; emotion");
        Line("recognition at work or in education, which Article 5(1)(f) of Regulation (EU) 2024/1689 prohibits but for medical or safety reasons;");
        Line("any use that the licence of the data excludes.");
        Line();
        Line("## How it was made");
        Line();
        Line($"System `{model.System}`, seed {origin.Seed.ToString(CultureInfo.InvariantCulture)}, Undertone {origin.Undertone}, corpus fingerprint `{origin.CorpusFingerprint}`. All settings stand in `{ModelDescription.FileName}`.");
        if (model.Settings["normalisation"]?.GetValue<string>() == "speaker")
        {
            Line();
            Line("Features are normalised by speaker: all recordings of one call are taken as one speaker's, and a lone short");
            Line("recording gives an unreliable answer.");
        }

        return text.ToString();
    }

    /// <summary>What the validation speakers were for: only what learns in epochs has a time to train that they decide.</summary>
    private static string Validation(ModelDescription model, ModelOrigin origin)
    {
        var inEpochs = model.Settings.ContainsKey("training");
        if (origin.ValidationSpeakers.Count == 0)
        {
            return inEpochs ? "No speakers were held out to stop the training." : "No speakers were held out for validation.";
        }

        var (speakers, then) = (string.Join(", ", origin.ValidationSpeakers), origin.Refitted ? ", who were then trained on too" : "");
        return inEpochs ? $"How long to train was decided on the speakers {speakers}{then}."
            : model.Settings["members"] is JsonArray ? $"How much each member counts was decided on the speakers {speakers}{then}."
            : $"A first fit was validated by the speakers {speakers}{then}.";
    }

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
