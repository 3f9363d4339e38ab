using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Spectre.Console;
using Undertone.Cli.Progress;
using Undertone.Emotions;

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

/// <summary>Prints predictions: <c>--json</c> and <c>--csv</c> as they come, the table at the end.</summary>
internal sealed class PredictionWriter
{
    private readonly PredictionForm _form;
    private readonly Table _table = new();
    private readonly CsvWriter _csv;

    public PredictionWriter(IReadOnlyList<string> classes, IReadOnlyList<string> targets, PredictionForm form)
    {
        _form = form;
        _csv = new CsvWriter(Console.Out, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        _table.Border(TableBorder.Rounded).AddColumn("file");
        if (targets.Count == 0)
        {
            _table.AddColumn("emotion");
        }

        _table.AddColumns([.. classes.Concat(targets).Select(c => new TableColumn(c).RightAligned())]);
        if (form == PredictionForm.Csv)
        {
            string[] headers = targets.Count == 0 ? ["predicted", .. classes.Select(c => $"p({c})")] : [.. targets.Select(t => $"predicted({t})")];
            foreach (var header in (string[])["file", "seconds", .. headers])
            {
                _csv.WriteField(header);
            }

            _csv.NextRecord();
        }
    }

    public void Add(string file, double seconds, Prediction prediction)
    {
        switch (_form)
        {
            case PredictionForm.Json:
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    file,
                    seconds = Math.Round(seconds, 3),
                    predicted = prediction.Label,
                    probabilities = prediction.Probabilities.ToDictionary(p => p.Key, p => p.Value),
                }));
                break;
            case PredictionForm.Csv:
                _csv.WriteField(file);
                _csv.WriteField(Math.Round(seconds, 3));
                _csv.WriteField(prediction.Label);
                foreach (var (_, probability) in prediction.Probabilities)
                {
                    _csv.WriteField(probability);
                }

                _csv.NextRecord();
                break;
            default:
                var cells = prediction.Probabilities.Select(p => p.Key == prediction.Label ? $"[bold]{Percent(p.Value)}[/]" : Percent(p.Value));
                _table.AddRow([Markup.Escape(file), $"[bold]{Markup.Escape(prediction.Label)}[/]", .. cells]);
                break;
        }
    }

    public void Add(string file, double seconds, DimensionalPrediction prediction)
    {
        switch (_form)
        {
            case PredictionForm.Json:
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    file,
                    seconds = Math.Round(seconds, 3),
                    predicted = prediction.Values.ToDictionary(v => v.Key, v => v.Value),
                }));
                break;
            case PredictionForm.Csv:
                _csv.WriteField(file);
                _csv.WriteField(Math.Round(seconds, 3));
                foreach (var (_, value) in prediction.Values)
                {
                    _csv.WriteField(value);
                }

                _csv.NextRecord();
                break;
            default:
                _table.AddRow([Markup.Escape(file), .. prediction.Values.Select(v => v.Value.ToString("F3", CultureInfo.InvariantCulture))]);
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

    private static string Percent(float probability) => (probability * 100).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
