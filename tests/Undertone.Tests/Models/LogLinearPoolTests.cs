using Undertone.Models;

namespace Undertone.Tests.Models;

public sealed class LogLinearPoolTests
{
    [Fact]
    public void Equal_weights_are_the_geometric_mean()
    {
        var joined = LogLinearPool.Equal(2).Apply([[0.5f, 0.25f, 0.25f], [0.2f, 0.4f, 0.4f]]);

        double[] means = [Math.Sqrt(0.1), Math.Sqrt(0.1), Math.Sqrt(0.1)];
        MixtureFixture.ShouldBeClose(joined, [.. means.Select(m => m / means.Sum())], 1e-7);
    }

    [Fact]
    public void Finds_the_least_log_loss_there_is() => MixtureFixture.ForAnySeed(30, seed =>
    {
        var (rows, labels) = Answers(seed, 60, [2.0, 0.5, 0]);
        var pool = LogLinearPool.Fit(rows, labels, 0.05, 3);
        var best = Loss(rows, labels, [.. pool.Weights], 0.05);
        var random = SeededRandom.From("near", seed);
        return pool.Weights.All(w => w >= 0) && Enumerable.Range(0, 40).All(_ =>
        {
            var spread = Math.Pow(10, -random.NextInt(4));
            double[] other = [.. pool.Weights.Select(w => Math.Max(0, w + (spread * random.NextGaussian())))];
            return Loss(rows, labels, other, 0.05) >= best - 1e-9;
        });
    });

    [Fact]
    public void Trusts_who_is_right_and_not_who_guesses()
    {
        var (rows, labels) = Answers(1, 400, [2.0, 0]);

        var pool = LogLinearPool.Fit(rows, labels, 0.01, 2);

        pool.Weights[0].ShouldBeGreaterThan(0.7);
        pool.Weights[1].ShouldBeLessThan(0.2);
    }

    [Fact]
    public void One_impossible_class_of_one_system_is_not_the_end_of_it()
    {
        var joined = LogLinearPool.Equal(2).Apply([[0, 1], [0.99f, 0.01f]]);

        joined[0].ShouldBeGreaterThan(0);
        joined.Sum().ShouldBe(1, 1e-12);
        Should.Throw<UndertoneException>(() => new LogLinearPool([1, -1])).Message.ShouldContain("[1, -1]");
        LogLinearPool.Fit([], [], 1, 4).Weights.ShouldBe([0.25, 0.25, 0.25, 0.25]);
    }

    /// <summary>Systems that know the class by so much, three classes.</summary>
    private static (List<float[][]> Rows, List<int> Labels) Answers(int seed, int count, double[] knowledge)
    {
        var random = SeededRandom.From("answers", seed);
        var labels = Enumerable.Range(0, count).Select(_ => random.NextInt(3)).ToList();
        var rows = labels.Select(label => knowledge.Select(k =>
        {
            double[] logits = [.. Enumerable.Range(0, 3).Select(c => random.NextGaussian() + (c == label ? k : 0))];
            var sum = logits.Sum(Math.Exp);
            return Array.ConvertAll(logits, l => (float)(Math.Exp(l) / sum));
        }).ToArray()).ToList();
        return (rows, labels);
    }

    private static double Loss(List<float[][]> rows, List<int> labels, double[] weights, double shrinkage)
    {
        var costs = ClassifierData.BalancedWeights(labels, 3);
        var pool = new LogLinearPool(weights);
        return rows.Select((r, i) => -costs[labels[i]] * Math.Log(pool.Apply(r)[labels[i]])).Average()
            + (shrinkage / 2 * weights.Sum(w => (w - (1.0 / weights.Length)) * (w - (1.0 / weights.Length))));
    }
}
