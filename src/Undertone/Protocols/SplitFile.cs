using System.Text.RegularExpressions;
using Undertone.Corpora;

namespace Undertone.Protocols;

/// <summary>
/// The folds of a file (<see cref="SplitTable"/>): <c>{ kind: split-file, file: splits.csv }</c>, its path relative to
/// the experiment file. It claims nothing; the audit says what its scores may be called. Where a fold of the file has
/// no validation part, one is drawn: speakers where the fold parts them, else utterances.
/// </summary>
public sealed partial class SplitFile : Protocol
{
    private readonly SplitTable _table;
    private readonly string _file;

    /// <summary>Creates the protocol.</summary>
    /// <param name="table">The file's table.</param>
    /// <param name="name">The protocol's name, safe in file names; null for one made of the table's hash.</param>
    public SplitFile(SplitTable table, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        Name = name ?? $"split-{table.Hash[..6]}";
        _file = KeptName(table);
    }

    /// <inheritdoc/>
    public override string Kind => "split-file";

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool ClaimsSpeakerIndependence => false;

    /// <summary>The file itself, its name made unique by its hash: the run folder then needs nothing beside it.</summary>
    public override IReadOnlyDictionary<string, string> Files => new Dictionary<string, string> { [_file] = _table.ToString() };

    internal static ProtocolEntry Entry(IReadOnlyDictionary<string, object?> values, string? folder)
    {
        var parameters = new ProtocolParameters("split-file", values, "file", "name", "sha256");
        var file = parameters.Text("file", "a path")
            ?? throw new UndertoneException("protocol 'split-file': file is missing; expected a CSV file of folds; 'undertone splits export' writes one.");
        var table = SplitTable.Read(Path.Combine(folder ?? "", file));
        if (parameters.Text("sha256", "the hash of the file's rows") is { } hash && hash != table.Hash)
        {
            throw new UndertoneException($"protocol 'split-file': {table.Name} has sha256 {table.Hash}, not {hash}; expected the file that the experiment was written for.");
        }

        var protocol = new SplitFile(table, parameters.FileName("name", () => $"split-{table.Hash[..6]}"));
        return new ProtocolEntry(
            "split-file",
            new Dictionary<string, object?> { ["file"] = protocol._file, ["name"] = protocol.Name, ["sha256"] = table.Hash },
            protocol);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Split> TestFolds(CorpusData corpus) => _table.Folds(corpus);

    /// <inheritdoc/>
    protected override Split HoldOut(Split fold, CorpusData corpus, ValidationOptions validation, int seed)
    {
        var tested = fold.Test.Select(u => u.Speaker).ToHashSet();
        return fold.Train.Any(u => tested.Contains(u.Speaker))
            ? HeldOut.Utterances(fold, corpus, validation, seed)
            : base.HoldOut(fold, corpus, validation, seed);
    }

    private static string KeptName(SplitTable table)
    {
        var stem = HashSuffix().Replace(Path.GetFileNameWithoutExtension(table.Name), "");
        return $"{FoldNames.From([stem])[0]}.{table.Hash[..6]}.csv";
    }

    [GeneratedRegex(@"\.[0-9a-f]{6}\z")]
    private static partial Regex HashSuffix();
}
