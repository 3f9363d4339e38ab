using Undertone.Speech;

namespace Undertone.EndToEnd.Tests;

/// <summary>What the command line makes of corpora, audio, files and folders that are not as they should be.</summary>
public sealed class BadInputTests(RunCorpus corpus) : IClassFixture<RunCorpus>
{
    [Fact]
    public void A_half_copied_corpus_is_named_with_what_it_lacks()
    {
        var (exit, output, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("half"), "--runs", corpus.Runs("half"), "--prepare");
        exit.ShouldBe(0, errors);
        errors.ShouldContain("warning: emodb: this copy is not whole (25 of 535 files, 4 of 10 speakers)");
        errors.ShouldContain("undertone corpora check emodb");
        output.ShouldContain($"undertone trial '{corpus.Runs("half")}/half' emodb.cnn.loso-03.seed-0");
    }

    [Fact]
    public void A_missing_corpus_is_looked_for_in_named_places()
    {
        var (exit, _, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("missing"), "--corpora", "nowhere");
        exit.ShouldBe(2);
        errors.ShouldContain("Corpus 'emodb' was not found.");
        errors.ShouldContain("--corpora, no such folder");
        errors.ShouldContain("bilderbar");
    }

    [Fact]
    public void A_bridge_that_cannot_be_loaded_stops_a_run_with_the_way_out()
    {
        var native = Directory.CreateDirectory(Path.Combine(corpus.Folder, "no bridge")).FullName;
        File.WriteAllText(Path.Combine(native, "libundertone_torch.so"), "no library");
        var (exit, errors) = RunProcess.RunWithBridge(native, corpus, "run", corpus.Experiment("bridge"), "--runs", corpus.Runs("bridge"), "--workers", "1");
        exit.ShouldBe(1, errors);
        errors.ShouldContain($"error: The bridge to libtorch ({native}/libundertone_torch.so) cannot be loaded");
        errors.ShouldContain("To mend it: apt-get install");
        errors.ShouldContain("Finished trials are kept; when that is mended, this continues:");
    }

    [Fact]
    public void A_library_that_is_missing_is_named_with_its_package_and_not_as_a_fault_of_the_program()
    {
        // Empty files of its names, found before the true ones, are no library.
        var none = Directory.CreateDirectory(Path.Combine(corpus.Folder, "no libsvm")).FullName;
        foreach (var name in (string[])["libsvm.so.3", "libsvm.so"])
        {
            File.WriteAllText(Path.Combine(none, name), "");
        }

        var (exit, errors) = RunProcess.RunWithLibraries(none, corpus, "train", "svm-egemaps", "--corpus", "emodb", "--out", "no model", "--test-speakers", "1");
        exit.ShouldBe(2, errors);
        errors.ShouldContain("error: The native library libsvm is missing (tried libsvm.so.3, ");
        errors.ShouldContain("install it, on Debian with: apt-get install libsvm3");
        errors.ShouldNotContain("fault in Undertone");
    }

    [Fact]
    public void One_speaker_is_too_few_and_the_message_says_for_what()
    {
        var one = Copy("one", name => name.StartsWith("03", StringComparison.Ordinal));
        var (exit, _, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("one"), "--corpora", one);
        exit.ShouldBe(2);
        errors.ShouldContain("protocol 'loso' on corpus 'emodb': the corpus has one speaker, '03'");
        errors.ShouldContain("1 of 10 speakers");
        foreach (var test in new[] { "0", "2" })
        {
            var (train, _, refusal) = RunProcess.Run(corpus, "train", "cnn", "--corpus", "emodb", "--corpora", one, "--out", "a model", "--test-speakers", test);
            train.ShouldBe(2);
            refusal.ShouldContain("the corpus 'emodb' has one speaker; training needs at least two");
        }
    }

    [Fact]
    public void A_class_that_a_fold_cannot_train_on_is_named_with_its_fold()
    {
        var rare = Copy("rare", name => name.StartsWith("03", StringComparison.Ordinal) || name[5] != 'W');
        var (exit, _, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("rare"), "--corpora", rare);
        exit.ShouldBe(2);
        errors.ShouldContain("fold '03' has no 'anger' to train on; every utterance of that class is by its test speakers");
    }

    [Fact]
    public void Audio_of_any_form_is_used_and_what_is_none_is_left_out_and_counted()
    {
        var bad = Copy("bad", _ => true);
        var wav = Path.Combine(bad, "emodb", "wav");
        var whole = File.ReadAllBytes(Path.Combine(wav, "03a01Wa.wav"));
        File.WriteAllBytes(Path.Combine(wav, "03a04Fa.wav"), whole[..1000]);
        File.WriteAllBytes(Path.Combine(wav, "03a05Fa.wav"), whole[..30]);
        File.WriteAllText(Path.Combine(wav, "03a07Fa.wav"), "no audio\n");
        var samples = Enumerable.Range(0, 48000).Select(i => (float)(0.3 * Math.Sin(i * 0.05))).ToArray();
        WaveFile.Write(Path.Combine(wav, "03b01Wa.wav"), new Waveform(samples[..8000], 8000));
        WaveFile.Write(Path.Combine(wav, "03b02Wa.wav"), new Waveform(samples, 96000));
        samples[77] = float.NaN;
        WaveFile.Write(Path.Combine(wav, "03b03Fa.wav"), new Waveform(samples, 16000), WaveFormat.Float32);

        var (exit, output, errors) = RunProcess.Run(corpus, "run", corpus.Experiment("audio"), "--corpora", bad, "--runs", corpus.Runs("audio"), "--prepare");
        exit.ShouldBe(0, errors);
        output.ShouldContain("emodb: 26 utterances");
        errors.ShouldContain("5 unreadable files left out:");
        errors.ShouldContain("03a04Fa.wav: is truncated: it holds 1000 bytes but its header promises");
        errors.ShouldContain("03a07Fa.wav: is not audio that can be read");
        errors.ShouldContain("03b03Fa.wav: sample 77 (0.005 s) is not a number");
        File.ReadAllLines(Path.Combine(corpus.Runs("audio"), "audio", "left-out.csv")).Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("corpora: [emodb]", "corpora: [emodb", ":2: this is not YAML: a bracket, brace or quotation mark is not closed here or above")]
    [InlineData("systems: [cnn]", "systems: [cn]", ":4: there is no system 'cn'; did you mean 'cnn'?")]
    [InlineData("[emodb]", "[emobd]", "did you mean 'emodb'?")]
    [InlineData("leave-one-speaker-out", "leave-one-speeker-out", ":3: unknown protocol 'leave-one-speeker-out'; did you mean 'leave-one-speaker-out'?")]
    [InlineData("speakers: 1", "speakers: many", ":5: validation.speakers must be a whole number of at least 0, but is 'many'.")]
    [InlineData("training.epochs: 2", "training.epoch: 2", ":6: there is no setting 'training.epoch': 'training' has no 'epoch'; did you mean 'epochs'?")]
    public void What_an_experiment_gets_wrong_is_named_by_line_with_the_nearest_right_thing(string right, string wrong, string expected)
    {
        var file = corpus.Experiment("wrong");
        File.WriteAllText(file, File.ReadAllText(file).Replace(right, wrong, StringComparison.Ordinal));
        var (exit, _, errors) = RunProcess.Run(corpus, "run", file, "--prepare");
        exit.ShouldBe(2, errors);
        errors.ShouldContain(expected);
    }

    [Theory]
    [InlineData("run", "EXPERIMENT is missing. The experiment file (.yaml).")]
    [InlineData("predict", "FILE is missing. Audio files, folders")]
    [InlineData("run x.yaml --workers two", "--workers 'two': expected a whole number.")]
    [InlineData("train cnn --corpus demo --out m --seed x", "--seed 'x': expected a whole number.")]
    [InlineData("train cnn --corpus demo --out m --device gpu", "Argument 'gpu' not recognized. Must be one of: 'auto' 'cpu' 'cuda'")]
    [InlineData("run x.yaml --wrkers 2", "there is no option '--wrkers'; did you mean '--workers'?")]
    public void What_a_command_line_gets_wrong_is_said_in_its_own_words(string line, string expected)
    {
        var (exit, _, errors) = RunProcess.Run(corpus, line.Split(' '));
        exit.ShouldBe(2);
        errors.ShouldContain($"error: {expected}");
        errors.ShouldNotContain("System.");
    }

    [Fact]
    public void A_folder_where_no_model_can_be_is_refused_before_the_training()
    {
        var file = Path.Combine(corpus.Folder, "in the way");
        File.WriteAllText(file, "");
        var (exit, output, errors) = RunProcess.Run(corpus, "train", "cnn", "--corpus", "emodb", "--out", Path.Combine(file, "model"), "--test-speakers", "1");
        exit.ShouldBe(2, errors);
        errors.ShouldContain("a model's folder cannot be made here");
        output.ShouldNotContain("epoch");
    }

    /// <summary>A folder of corpora with some of the recordings.</summary>
    private string Copy(string name, Func<string, bool> wanted)
    {
        var copy = Path.Combine(corpus.Folder, name);
        var to = Path.Combine(copy, "emodb", "wav");
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(Path.Combine(corpus.Corpora, "emodb", "wav")).Where(f => wanted(Path.GetFileNameWithoutExtension(f))))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        return copy;
    }
}
