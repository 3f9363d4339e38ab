using Undertone.Systems.Baselines;
using Undertone.Systems.Papers;
using Undertone.Systems.Traditional;

namespace Undertone.Systems;

/// <summary>
/// The systems by name. <see cref="Default"/> holds those that ship; a program that brings systems of its own makes
/// a catalog with them: <c>new SystemCatalog([.. SystemCatalog.Default.All, new MySystem()])</c>.
/// </summary>
public sealed class SystemCatalog
{
    private readonly Dictionary<string, EmotionSystem> _byName;

    /// <summary>Makes a catalog.</summary>
    /// <param name="systems">The systems, in the order that lists show.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public SystemCatalog(IEnumerable<EmotionSystem> systems)
    {
        All = [.. systems];
        _byName = All.ToDictionary(s => s.Name, StringComparer.Ordinal);
    }

    /// <summary>The systems that ship with Undertone.</summary>
    public static SystemCatalog Default { get; } = new(
    [
        new Cnn(),
        new BiLstm(),
        new BiGru(),
        new CnnLstm(),
        new CnnGru(),
        new CnnAttention(),
        new BiLstmAttention(),
        new CnnLstmAttention(),
        new Transformer(),
        new Conformer(),
        new Cnn1d(),
        new Cnn1dRaw(),
        new RawCnnLstm(),
        new Rcnn(),
        new ConvLstm(),
        new ResNet(),
        new DilatedResNet(),
        new AlexNet(),
        new Vgg(),
        new DnnFunctionals(),
        new DnnCovariance(),
        new StackedAutoEncoder(),
        new DenoisingAutoEncoder(),
        new Rbm(),
        new Dbn(),
        new Dbm(),
        new Rvnn(),
        new SvmEgemaps(),
        new SvmCompare(),
        new SvmCovariance(),
        new Knn(),
        new RandomForest(),
        new BoostedTrees(),
        new GmmMfcc(),
        new HmmMfcc(),
        new Fusion(),
        new Badshah2019(),
        new TimbreSvm2019(),
        new StrideNet2020(),
        new KeySegmentBilstm2020(),
        new DeepNet2020(),
        new Zhao20191d(),
        new Zhao20192d(),
        new Zhao20192dTime(),
        new Clstm2020(),
        new MltDnet2021(),
        new AttNet2021(),
    ]);

    /// <summary>Every system, in the order given.</summary>
    public IReadOnlyList<EmotionSystem> All { get; }

    /// <summary>The systems' names, in the same order.</summary>
    public IReadOnlyList<string> Names => [.. All.Select(s => s.Name)];

    /// <summary>Finds a system.</summary>
    /// <param name="name">Its name: <c>cnn-lstm</c>.</param>
    /// <returns>The system.</returns>
    /// <exception cref="UndertoneException">There is none of that name; the message gives the nearest.</exception>
    public EmotionSystem Get(string name) =>
        _byName.TryGetValue(name, out var system)
            ? system
            : throw new UndertoneException($"there is no system '{name}'{NearestName.Hint(name, Names)}");
}
