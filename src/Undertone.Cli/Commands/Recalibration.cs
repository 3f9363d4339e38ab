using Undertone.Cli.Progress;
using Undertone.Evaluation;
using Undertone.Evaluation.Calibration;

namespace Undertone.Cli.Commands;

/// <summary>Temperatures fitted on validation files, one for each file of predictions, and what they make of it.</summary>
/// <param name="Temperatures">One a file, in the files' order.</param>
/// <param name="After">The calibration of all scaled rows together.</param>
/// <param name="SharedSpeakers">Speakers of a validation file that are also in its file of predictions.</param>
internal sealed record Recalibration(IReadOnlyList<double> Temperatures, CalibrationScores After, IReadOnlyList<string> SharedSpeakers)
{
    /// <summary>Fits and applies the temperatures, each inside its fold.</summary>
    /// <exception cref="UndertoneException">The files do not go together.</exception>
    public static Recalibration Of(IReadOnlyList<(string Name, PredictionTable Table)> tests, IReadOnlyList<string> validations)
    {
        if (validations.Count != tests.Count)
        {
            throw new UndertoneException(
                $"{Figures.Count(validations.Count, "validation file")} for {Figures.Count(tests.Count, "file")} of predictions; expected one for each, in the same order: a temperature is fitted inside its fold.");
        }

        var temperatures = new List<double>();
        var scaled = new List<(string, PredictionTable)>();
        var shared = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var ((name, test), file) in tests.Zip(validations))
        {
            var validation = PredictionTable.Read(file);
            Check(name, test, file, validation);
            shared.UnionWith(validation.Rows.Select(r => r.Speaker).Intersect(test.Rows.Select(r => r.Speaker)));
            var scaling = TemperatureScaling.Fit(validation);
            temperatures.Add(scaling.Temperature);
            scaled.Add((name, scaling.Apply(test)));
        }

        return new Recalibration(temperatures, CalibrationScores.From(PredictionTable.Pool(scaled)), [.. shared]);
    }

    private static void Check(string name, PredictionTable test, string file, PredictionTable validation)
    {
        foreach (var (path, table) in new[] { (name, test), (file, validation) })
        {
            if (!table.HasProbabilities)
            {
                throw new UndertoneException($"{path}: no probabilities; a temperature is fitted on, and applied to, columns p(<class>).");
            }
        }

        if (!validation.Classes.ToHashSet().SetEquals(test.Classes))
        {
            throw new UndertoneException($"{file}: its classes ({string.Join(", ", validation.Classes)}) are not those of {name} ({string.Join(", ", test.Classes)}); expected the validation rows of the same trial.");
        }

        var tested = test.Rows.Select(r => r.Utterance).ToHashSet();
        if (validation.Rows.FirstOrDefault(r => tested.Contains(r.Utterance)) is { } row)
        {
            throw new UndertoneException($"{file}: utterance '{row.Utterance}' is also in {name}; expected validation rows that are not tested on, or the calibration would be judged on what it was fitted to.");
        }
    }
}
