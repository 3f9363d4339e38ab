namespace Undertone.Protocols;

/// <summary>Folds that papers published, so that scores can be set beside theirs.</summary>
/// <param name="Name">The preset's name.</param>
/// <param name="Corpus">The corpus that it belongs to.</param>
/// <param name="Reference">Where it was published.</param>
/// <param name="Folds">The test speakers of each fold.</param>
public sealed record PublishedFolds(string Name, string Corpus, string Reference, IReadOnlyList<IReadOnlyList<string>> Folds)
{
    /// <summary>All published folds that ship.</summary>
    public static IReadOnlyList<PublishedFolds> All { get; } =
    [
        new(
            "ravdess-5",
            "ravdess",
            "Luna-Jiménez et al. 2021, Multimodal emotion recognition on RAVDESS dataset using transfer learning, Sensors 21(22):7665, doi:10.3390/s21227665",
            [
                ["02", "05", "14", "15", "16"],
                ["03", "06", "07", "13", "18"],
                ["10", "11", "12", "19", "20"],
                ["08", "17", "21", "23", "24"],
                ["01", "04", "09", "22"],
            ]),
        new(
            "ravdess-6",
            "ravdess",
            "Ma et al. 2024, EmoBox: multilingual multi-corpus speech emotion recognition toolkit and benchmark, Interspeech, arXiv:2406.07162",
            [
                ["01", "11", "20", "21"],
                ["04", "10", "12", "14"],
                ["08", "09", "19", "23"],
                ["03", "05", "07", "24"],
                ["02", "15", "16", "18"],
                ["06", "13", "17", "22"],
            ]),
    ];
}
