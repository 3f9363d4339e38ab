namespace Undertone.Reports.Parts;

/// <summary>Which test answers which question, once for a whole report.</summary>
internal static class QuestionsPart
{
    /// <summary>The part, or nothing where nothing was tested.</summary>
    public static IEnumerable<ReportPart> Of(IEnumerable<SectionComparison> comparisons)
    {
        var questions = comparisons.SelectMany(c => c.Groups).SelectMany(g => g.Questions).DistinctBy(q => q.Test).ToList();
        if (questions.Count == 0)
        {
            return [];
        }

        var table = new ReportTable("Tests and their questions", "Test", "<Question", "<What must hold", "<Source");
        foreach (var q in questions)
        {
            table.Row(q.Test, q.Question, q.Assumptions, q.Citation);
        }

        return [new ReportPart("Which test answers which question") { Tables = [table] }];
    }
}
