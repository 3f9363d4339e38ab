using System.Globalization;
using Undertone.Features;
using Undertone.Models;
using Undertone.Models.SupportVectors;

namespace Undertone.Tests.Models;

/// <summary>Against scikit-learn's values (Data/Models/svm.py).</summary>
public sealed class SupportVectorMachineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("undertone-svm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SvmKernel.Linear, 0.05)]
    [InlineData(SvmKernel.Rbf, 1.0)]
    public void Margins_and_votes_are_those_of_scikit_learn(SvmKernel kernel, double cost)
    {
        var options = new SupportVectorMachineOptions { Kernel = kernel, Cost = cost };
        var machine = SupportVectorMachine.Fit(Training(), options);
        var expected = Read("svm-expected.csv").Where(r => r[0] == kernel.ToString().ToLowerInvariant()).ToList();
        var test = Test();
        expected.Count.ShouldBe(test.Count);

        foreach (var (row, wanted) in test.Zip(expected))
        {
            Margins(machine, row).Zip(wanted[2..]).ShouldAllBe(m => Math.Abs(m.First - double.Parse(m.Second, CultureInfo.InvariantCulture)) < 5e-3);
            var probabilities = machine.Probabilities(row);
            probabilities.Sum().ShouldBe(1, 1e-12);
            Array.IndexOf(probabilities, probabilities.Max()).ShouldBe(int.Parse(wanted[1], CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(SvmKernel.Linear)]
    [InlineData(SvmKernel.Rbf)]
    public void The_same_fit_and_file_give_the_same_probabilities(SvmKernel kernel)
    {
        var options = new SupportVectorMachineOptions { Kernel = kernel };
        var machine = SupportVectorMachine.Fit(Training(), options);
        var arrays = new ModelArrays();
        machine.Write(arrays);
        arrays.Write(Path.Combine(_folder, "model.safetensors"));
        var read = SupportVectorMachine.Read(ModelArrays.Read(Path.Combine(_folder, "model.safetensors")), options, 3);
        var again = SupportVectorMachine.Fit(Training(), options);

        foreach (var row in Test())
        {
            read.Probabilities(row).ShouldBe(machine.Probabilities(row));
            again.Probabilities(row).ShouldBe(machine.Probabilities(row));
        }
    }

    [Theory]
    [InlineData(SvmKernel.Linear)]
    [InlineData(SvmKernel.Rbf)]
    public void Without_room_for_all_pairs_the_decisions_are_the_same(SvmKernel kernel)
    {
        var options = new SupportVectorMachineOptions { Kernel = kernel };
        var pairs = SupportVectorMachine.Fit(Training(), options);
        var rows = SupportVectorMachine.Fit(Training(), options with { PairMegabytes = 0 });

        rows.SupportVectors.ShouldBe(pairs.SupportVectors);
        foreach (var test in Test())
        {
            Margins(rows, test).Zip(Margins(pairs, test)).ShouldAllBe(m => Math.Abs(m.First - m.Second) < 2e-3);
            var (one, other) = (rows.Probabilities(test), pairs.Probabilities(test));
            Array.IndexOf(one, one.Max()).ShouldBe(Array.IndexOf(other, other.Max()));
            one.Zip(other).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 2e-3);
        }
    }

    [Fact]
    public void A_class_without_utterances_is_never_predicted()
    {
        var data = Training();
        var labels = data.Labels.Select(l => l == 0 ? 3 : l).ToList();
        var machine = SupportVectorMachine.Fit(
            data with { Labels = labels, Classes = 4, ClassWeights = ClassifierData.BalancedWeights(labels, 4) }, new SupportVectorMachineOptions());

        Test().ShouldAllBe(t => machine.Probabilities(t)[0] == 0);
    }

    [Fact]
    public void Sequences_and_damaged_models_are_refused()
    {
        var machine = SupportVectorMachine.Fit(Training(), new SupportVectorMachineOptions());
        Should.Throw<UndertoneException>(() => machine.Probabilities(new FeatureMatrix(new float[12], 2, 6))).Message
            .ShouldContain("needs one vector an utterance, but the features have 2 frames");
        var arrays = new ModelArrays();
        machine.Write(arrays);
        Should.Throw<UndertoneException>(() => SupportVectorMachine.Read(arrays, new SupportVectorMachineOptions(), 2)).Message
            .ShouldContain("Train the model again");
    }

    /// <summary>Margins in the order of labels, whatever order libsvm met the classes in.</summary>
    private static double[] Margins(SupportVectorMachine machine, FeatureMatrix row)
    {
        var margins = machine.Margins(row.Values);
        var ordered = new double[3];
        for (int a = 0, p = 0; a < 3; a++)
        {
            for (var b = a + 1; b < 3; b++, p++)
            {
                var (first, second) = (machine.Labels[a], machine.Labels[b]);
                ordered[first + second - 1] = first < second ? margins[p] : -margins[p];
            }
        }

        return ordered;
    }

    private static ClassifierData Training()
    {
        var rows = Read("svm-rows.csv").Where(r => r[0] == "train").ToList();
        int[] labels = [.. rows.Select(r => int.Parse(r[1], CultureInfo.InvariantCulture))];
        return new ClassifierData
        {
            Features = [.. rows.Select(Features)],
            Labels = labels,
            Classes = 3,
            Speakers = [.. rows.Select((_, i) => $"s{i % 4}")],
            ClassWeights = ClassifierData.BalancedWeights(labels, 3),
            Seed = 1,
        };
    }

    private static List<FeatureMatrix> Test() => [.. Read("svm-rows.csv").Where(r => r[0] == "test").Select(Features)];

    private static FeatureMatrix Features(string[] row) =>
        new([.. row[2..].Select(v => float.Parse(v, CultureInfo.InvariantCulture))], 1, 6);

    private static IEnumerable<string[]> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "Models", file)).Skip(1).Select(l => l.Split(','));
}
