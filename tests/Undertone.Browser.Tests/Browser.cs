using Microsoft.Playwright;

namespace Undertone.Browser.Tests;

/// <summary>The system's own Chromium, without a window; Playwright downloads none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>The program; null where the system has none.</summary>
    public static string? Program { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>Where screenshots are put, to be looked at.</summary>
    public string Screenshots { get; } = Directory.CreateTempSubdirectory("undertone-screenshots-").FullName;

    public async Task InitializeAsync()
    {
        if (Program is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Flags });
        }
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a page and waits until its charts are drawn.</summary>
    /// <param name="address">The page.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="script">Whether JavaScript is on.</param>
    public async Task<OpenPage> Open(string address, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        var context = await _chromium!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            AcceptDownloads = true,
        });
        var page = new OpenPage(await context.NewPageAsync());
        await page.Page.GotoAsync(address);
        if (script)
        {
            await page.Drawn();
        }

        return page;
    }
}

/// <summary>A page, and all that its console said and that it asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    internal OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Messages.Add($"error: {error}");
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Lines of the console, and errors.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Addresses that were asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Waits until all charts that can be seen are drawn.</summary>
    public Task Drawn() => Page.WaitForSelectorAsync("html[data-charts=drawn]", new() { State = WaitForSelectorState.Attached });

    /// <summary>Opens every system that is folded up, and waits until its charts are drawn too.</summary>
    public async Task Unfold()
    {
        await Page.EvaluateAsync("() => { document.documentElement.dataset.charts = 'opening'; document.querySelectorAll('details.system').forEach(d => d.open = true); }");
        await Drawn();
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}

/// <summary>A test that needs Chromium, which <c>./test</c> installs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Program is null ? "Chromium is missing; on Debian: apt-get install chromium, or ./test." : null;
}

/// <summary>A table of tests that need Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Browser.Program is null ? "Chromium is missing; on Debian: apt-get install chromium, or ./test." : null;
}
