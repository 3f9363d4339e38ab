namespace Undertone.Corpora;

/// <summary>Finds a corpus's folder on this machine.</summary>
public static class CorpusLocator
{
    /// <summary>The environment variable that names the folder which holds the corpora.</summary>
    public const string Variable = "UNDERTONE_CORPORA";

    /// <summary>
    /// The folders that are looked through, in order: the given one alone where one is given; otherwise the one that
    /// <c>UNDERTONE_CORPORA</c> names, then <c>./corpora</c>.
    /// </summary>
    /// <param name="corpora">The value of <c>--corpora</c>, or null.</param>
    /// <returns>The folders with the reason why each is looked through; they need not exist.</returns>
    public static IReadOnlyList<(string Folder, string Because)> Places(string? corpora = null)
    {
        if (!string.IsNullOrEmpty(corpora))
        {
            return [(Path.GetFullPath(corpora), "--corpora")];
        }

        var places = new List<(string, string)>();
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable)
        {
            places.Add((Path.GetFullPath(variable), Variable));
        }

        places.Add((Path.GetFullPath("corpora"), "./corpora"));
        return places;
    }

    /// <summary>Finds a corpus by what a command line calls it.</summary>
    /// <param name="name">Its name in the catalog, or a CSV file that describes it (<see cref="TableCorpus"/>).</param>
    /// <exception cref="UndertoneException">There is no such corpus, or the table cannot be used.</exception>
    public static Corpus Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(TableCorpus.Extension, StringComparison.OrdinalIgnoreCase) ? TableCorpus.Read(name) : CorpusCatalog.Get(name);
    }

    /// <summary>
    /// Finds a corpus's folder: the one named after it, in any letter case and punctuation, in the first place that has one; of a table,
    /// the folder that it lies in.
    /// </summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="corpora">The value of <c>--corpora</c>, or null.</param>
    /// <returns>The folder, with full path.</returns>
    /// <exception cref="UndertoneException">There is none; the message says where was looked and how to get the corpus.</exception>
    public static string Locate(Corpus corpus, string? corpora = null) =>
        TryLocate(corpus, corpora) ?? throw new UndertoneException(Missing(corpus, corpora));

    /// <summary>Finds a corpus's folder as <see cref="Locate"/> does.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="corpora">The value of <c>--corpora</c>, or null.</param>
    /// <returns>The folder, or null where there is none.</returns>
    public static string? TryLocate(Corpus corpus, string? corpora = null) => corpus is TableCorpus table
        ? table.Folder
        : Places(corpora).Select(p => Below(p.Folder, corpus.Card)).FirstOrDefault(f => f is not null) ?? corpus.OwnFolder;

    private static string? Below(string folder, CorpusCard card)
    {
        var exact = Path.Combine(folder, card.Name);
        if (Directory.Exists(exact) || !Directory.Exists(folder))
        {
            return Directory.Exists(exact) ? exact : null;
        }

        var folders = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).ToList();
        return card.FolderNames.Prepend(card.Name)
            .Select(name => folders.FirstOrDefault(d => Plain(Path.GetFileName(d)) == Plain(name)))
            .FirstOrDefault(f => f is not null);
    }

    // 'CREMA-D', 'crema_d' and 'cremad' are one name.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string Missing(Corpus corpus, string? corpora)
    {
        var card = corpus.Card;
        var looked = Places(corpora).Select(p => $"'{Path.Combine(p.Folder, card.Name)}' ({p.Because}{(Directory.Exists(p.Folder) ? "" : ", no such folder")})");
        return $"Corpus '{card.Name}' was not found. Looked for {string.Join(" and ", looked)}. "
            + $"Expected a folder '{card.Name}' with {card.Expected} {card.Access} "
            + (corpus.Download is null ? "" : $"This downloads it: undertone corpora fetch {card.Name}. ")
            + $"Say where the corpora are with --corpora DIR or {Variable}.";
    }
}
