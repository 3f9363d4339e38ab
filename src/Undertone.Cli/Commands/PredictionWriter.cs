using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Emotions;
using Undertone.Speech;

namespace Undertone.Cli.Commands;

/// <summary>How predictions are printed.</summary>
internal enum PredictionForm
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One object a line.</summary>
    Json,

    /// <summary>With a header.</summary>
    Csv,
}

/// <summary>What was predicted: a file, or a segment of one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Waveform">Its audio, or the segment's.</param>
/// <param name="Start">Where the segment begins, in seconds; null for a whole file.</param>
internal sealed record PredictedAudio(string Path, Waveform Waveform, double? Start);

/// <summary>Prints predictions: <c>--json</c> and <c>--csv</c> as they come, the table at the end.</summary>
internal sealed class PredictionWriter
{
    private readonly PredictionForm _form;
    private readonly Table _table = new();
    private readonly CsvWriter _csv;
    private readonly bool _segments;

    public PredictionWriter(IReadOnlyList<string> classes, IReadOnlyList<string> targets, PredictionForm form, bool segments)
    {
        _form = form;
        _segments = segments;
        _csv = new CsvWriter(Console.Out, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        _table.Border(TableBorder.Rounded).AddColumn("file");
        if (segments)
        {
            _table.AddColumns(new TableColumn("start").RightAligned(), new TableColumn("end").RightAligned());
        }

        if (targets.Count == 0)
        {
            _table.AddColumn("emotion");
        }

        _table.AddColumns([.. classes.Concat(targets).Select(c => new TableColumn(c).RightAligned())]);
        if (form == PredictionForm.Csv)
        {
            string[] headers = targets.Count == 0 ? ["predicted", .. classes.Select(c => $"p({c})")] : [.. targets.Select(t => $"predicted({t})")];
            foreach (var header in (string[])["file", .. segments ? (string[])["start", "end"] : [], "seconds", .. headers, "warnings"])
            {
                _csv.WriteField(header);
            }

            _csv.NextRecord();
        }
    }

    public void Add(PredictedAudio audio, Prediction prediction)
    {
        switch (_form)
        {
            case PredictionForm.Json:
                WriteJson(audio, prediction.Warnings, ("predicted", prediction.Label), ("probabilities", prediction.Probabilities.ToDictionary(p => p.Key, p => p.Value)));
                break;
            case PredictionForm.Csv:
                WriteFields(audio);
                _csv.WriteField(prediction.Label);
                foreach (var (_, probability) in prediction.Probabilities)
                {
                    _csv.WriteField(probability);
                }

                WriteWarnings(prediction.Warnings);
                _csv.NextRecord();
                break;
            default:
                var cells = prediction.Probabilities.Select(p => p.Key == prediction.Label ? $"[bold]{Percent(p.Value)}[/]" : Percent(p.Value));
                _table.AddRow([.. Place(audio), $"[bold]{Markup.Escape(prediction.Label)}[/]", .. cells]);
                break;
        }
    }

    public void Add(PredictedAudio audio, DimensionalPrediction prediction)
    {
        switch (_form)
        {
            case PredictionForm.Json:
                WriteJson(audio, prediction.Warnings, ("predicted", prediction.Values.ToDictionary(v => v.Key, v => v.Value)));
                break;
            case PredictionForm.Csv:
                WriteFields(audio);
                foreach (var (_, value) in prediction.Values)
                {
                    _csv.WriteField(value);
                }

                WriteWarnings(prediction.Warnings);
                _csv.NextRecord();
                break;
            default:
                _table.AddRow([.. Place(audio), .. prediction.Values.Select(v => v.Value.ToString("F3", CultureInfo.InvariantCulture))]);
                break;
        }
    }

    public void Finish()
    {
        _csv.Flush();
        if (_form == PredictionForm.Table && _table.Rows.Count > 0)
        {
            ResultsView.Console.Write(_table);
        }
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 3);

    private static double End(PredictedAudio audio) => Rounded(audio.Start!.Value + audio.Waveform.Seconds);

    private static string Seconds(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);

    private static void WriteJson(PredictedAudio audio, IReadOnlyList<InputWarning> warnings, params ReadOnlySpan<(string Key, object Value)> fields)
    {
        var line = new OrderedDictionary<string, object> { ["file"] = audio.Path };
        if (audio.Start is { } start)
        {
            line["start"] = Rounded(start);
            line["end"] = End(audio);
        }

        line["seconds"] = Rounded(audio.Waveform.Seconds);
        foreach (var (key, value) in fields)
        {
            line[key] = value;
        }

        line["warnings"] = warnings.Select(w => new OrderedDictionary<string, object>
        {
            ["measure"] = w.Measure,
            ["value"] = w.Value,
            ["unit"] = w.Unit,
            ["low"] = w.Low,
            ["high"] = w.High,
            ["advice"] = w.Advice,
        });
        Console.WriteLine(JsonSerializer.Serialize(line));
    }

    private void WriteFields(PredictedAudio audio)
    {
        _csv.WriteField(audio.Path);
        if (_segments)
        {
            _csv.WriteField(Rounded(audio.Start!.Value));
            _csv.WriteField(End(audio));
        }

        _csv.WriteField(Rounded(audio.Waveform.Seconds));
    }

    /// <summary>The measures' names with semicolons between: what they say is printed beside the table.</summary>
    private void WriteWarnings(IReadOnlyList<InputWarning> warnings) => _csv.WriteField(string.Join(';', warnings.Select(w => w.Measure)));

    private IEnumerable<string> Place(PredictedAudio audio) => _segments
        ? [Markup.Escape(audio.Path), Seconds(audio.Start!.Value), Seconds(End(audio))]
        : [Markup.Escape(audio.Path)];

    private static string Percent(float probability) => (probability * 100).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
