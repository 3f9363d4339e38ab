using System.Text.Json;
using Microsoft.Playwright;

namespace Undertone.Browser.Tests;

/// <summary><c>report.html</c> as its readers see it: in a browser, wide and narrow, light and dark, with and without JavaScript.</summary>
public sealed class ReportPageTests(Browser browser, GalleryRun run) : IClassFixture<Browser>, IClassFixture<GalleryRun>
{
    // Parts of a chart's drawing that show data: neither axes nor grid.
    private const string Undrawn = """
        () => [...document.querySelectorAll('.plot')].filter(plot => plot.clientWidth).filter(plot => {
          const marks = [...plot.querySelectorAll('svg .role-mark path, svg .role-mark text, svg .role-mark line, svg .role-mark rect')];
          return !marks.some(mark => { const box = mark.getBoundingClientRect(); return box.width + box.height > 0; });
        }).map(plot => plot.closest('figure').querySelector('h3,h4').textContent)
        """;

    private static readonly string[] Charts =
    [
        "leaderboard", "class-recall", "reality-gap", "cross-corpus", "learning-curve", "confusion", "classes", "speakers", "calibration", "loss",
        "validation-uar", "fairness", "significance", "critical-difference", "cost-time",
    ];

    [BrowserTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_chart_is_drawn_and_nothing_is_wider_than_the_page(int width, ColorScheme scheme)
    {
        await using var open = await browser.Open(run.Page, width, scheme);
        await open.Unfold();

        open.Messages.ShouldBeEmpty();
        (await open.Page.EvaluateAsync<string[]>(Undrawn)).ShouldBeEmpty();
        var names = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('figure a[download]')].map(a => a.download.replace('.csv', ''))");
        Charts.Except(names).ShouldBeEmpty();
        (await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        await open.Page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(browser.Screenshots, $"gallery-{width}-{scheme}.png") });
    }

    [BrowserFact]
    public async Task Nothing_is_fetched_and_nothing_could_be()
    {
        await using var open = await browser.Open(run.Page);

        open.Requests.ShouldAllBe(url => url == run.Page || url.StartsWith("data:") || url.StartsWith("blob:"));
        var fetched = await open.Page.EvaluateAsync<string>("() => fetch('http://127.0.0.1:9/').then(() => 'fetched', error => 'refused')");
        fetched.ShouldBe("refused");
        var ran = await open.Page.EvaluateAsync<bool>(
            "() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); return window.ran === true; }");
        ran.ShouldBeFalse();
        open.Messages.ShouldContain(m => m.Contains("Content Security Policy"));
    }

    [BrowserFact]
    public async Task Without_JavaScript_every_sentence_and_number_is_there()
    {
        await using var open = await browser.Open(run.Page, script: false);

        (await open.Page.Locator(".plot").First.IsVisibleAsync()).ShouldBeFalse();
        (await open.Page.GetByText("Charts are drawn by JavaScript, which is off.").IsVisibleAsync()).ShouldBeTrue();
        (await open.Page.Locator("figcaption").First.InnerTextAsync()).ShouldContain("UAR");
        await open.Page.Locator("figure summary").First.ClickAsync();
        (await open.Page.Locator("figure table").First.IsVisibleAsync()).ShouldBeTrue();
        (await open.Page.Locator("figure button").First.IsVisibleAsync()).ShouldBeFalse();
    }

    [BrowserFact]
    public async Task Charts_follow_the_reader_from_light_to_dark()
    {
        await using var open = await browser.Open(run.Page);
        var light = await Colour(open);

        await open.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await open.Page.WaitForSelectorAsync(".plot[data-drawn=dark] svg");
        await open.Drawn();

        (await Colour(open)).ShouldNotBe(light);
        open.Messages.ShouldBeEmpty();

        static Task<string> Colour(OpenPage page) => page.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.plot .role-axis-label text')).fill");
    }

    [BrowserFact]
    public async Task What_was_drawn_for_a_dark_screen_is_turned_about_for_paper()
    {
        await using var open = await browser.Open(run.Page, scheme: ColorScheme.Dark);

        await open.Page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });

        (await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.plot[data-drawn=dark] svg')).filter")).ShouldContain("invert");
        (await open.Page.Locator("nav").IsVisibleAsync()).ShouldBeFalse();
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_on_a_cell_stands_out_from_it(ColorScheme scheme)
    {
        await using var open = await browser.Open(run.Page, scheme: scheme);
        await open.Unfold();

        // WCAG 2.2, success criterion 1.4.3: at least 4.5 : 1. Cells and texts of a heat map are in the same order.
        var faint = await open.Page.EvaluateAsync<string[]>("""
            () => {
              const light = colour => { const [r, g, b] = colour.match(/[\d.]+/g).map(v => v / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
              const faint = [];
              let seen = 0;
              for (const plot of document.querySelectorAll('.plot')) {
                const cells = [...plot.querySelectorAll('.mark-rect.role-mark path')], texts = [...plot.querySelectorAll('.mark-text.role-mark text')];
                if (cells.length === 0 || cells.length !== texts.length) continue;
                cells.forEach((cell, i) => {
                  const [a, b] = [cell, texts[i]].map(e => light(getComputedStyle(e).fill));
                  const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                  if (texts[i].textContent.trim()) seen++;
                  if (texts[i].textContent.trim() && contrast < 4.5) faint.push(`${texts[i].textContent}: ${getComputedStyle(texts[i]).fill} on ${getComputedStyle(cell).fill}, ${contrast}`);
                });
              }
              return seen > 50 ? faint : ['no heat map was seen'];
            }
            """);
        faint.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task A_critical_difference_diagram_lists_systems_by_rank()
    {
        await using var open = await browser.Open(run.Page);
        var figure = open.Page.Locator("figure", new() { HasText = "Average ranks and critical difference" }).First;

        var names = await figure.EvaluateAsync<string[]>(
            "f => [...f.querySelectorAll('.role-axis-label text')].map(t => t.textContent).filter(t => !/^[0-9]/.test(t))");
        names.ShouldBe(["critical difference", "cnn-lstm", "cnn", "svm-egemaps"]);
    }

    [BrowserFact]
    public async Task A_charts_numbers_and_drawing_can_be_saved()
    {
        await using var open = await browser.Open(run.Page);
        var figure = open.Page.Locator("figure", new() { HasText = "UAR of each system" }).First;

        var csv = await open.Page.RunAndWaitForDownloadAsync(() => figure.Locator("a[download]").ClickAsync());
        csv.SuggestedFilename.ShouldBe("leaderboard.csv");
        (await File.ReadAllTextAsync(await csv.PathAsync())).ShouldStartWith("system,uar,low,high,never_chosen,validation,badge\n");

        var svg = await open.Page.RunAndWaitForDownloadAsync(() => figure.Locator("button").ClickAsync());
        svg.SuggestedFilename.ShouldBe("leaderboard.svg");
        (await File.ReadAllTextAsync(await svg.PathAsync())).ShouldStartWith("<svg");
        open.Messages.ShouldBeEmpty();
    }

    [BrowserFact]
    public async Task Every_chart_has_words_for_those_who_cannot_see_it()
    {
        await using var open = await browser.Open(run.Page);
        var described = await open.Page.EvaluateAsync<JsonElement>("""
            () => [...document.querySelectorAll('.plot')].map(p => ({
              role: p.getAttribute('role'), name: document.getElementById(p.getAttribute('aria-labelledby')).textContent,
              text: document.getElementById(p.getAttribute('aria-describedby')).textContent }))
            """);

        described.GetArrayLength().ShouldBeGreaterThan(30);
        foreach (var plot in described.EnumerateArray())
        {
            plot.GetProperty("role").GetString().ShouldBe("img");
            plot.GetProperty("name").GetString()!.Length.ShouldBeGreaterThan(5);
            plot.GetProperty("text").GetString()!.ShouldMatch("[0-9]");
        }
    }
}
