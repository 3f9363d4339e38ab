namespace Undertone.Reports;

/// <summary>The look of <c>report.html</c>: one style sheet inside the page, so that the file needs nothing beside it.</summary>
internal static class ReportStyle
{
    private const string Sheet = """
        :root{color-scheme:light dark;--paper:#fdfdfb;--ink:#1c2228;--soft:#5b6570;--rule:#d5d9dd;--strong:#1c2228;--accent:#1d4f80;--wash:#f1f4f6;--deep:#1d4f80;--warn:#8a4b00;--bad:#9c1f1f;--series:#0072b2 #d55e00 #009e73 #b8558c #a87700 #2a8fc7 #5b6570;--sans:system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Georgia,"DejaVu Serif",serif}
        main{max-width:70rem;margin:0 auto;padding:3.5rem 1.5rem 5rem}
        h1,h2,h3,h4{line-height:1.2;font-weight:600;text-wrap:balance}
        h1{font-size:2.25rem;margin:.2rem 0 .6rem;letter-spacing:-.012em;overflow-wrap:anywhere}
        h2{font-size:1.5rem;margin:3.5rem 0 .75rem;padding-top:1.1rem;border-top:1px solid var(--rule)}
        h3{font-size:1.2rem;margin:2.5rem 0 .5rem}
        h4{font-size:1rem;margin:1.75rem 0 .4rem}
        p{margin:.5rem 0 1rem;max-width:44rem}
        a{color:var(--accent)}
        .kicker,.badge,table,figcaption,.small,.facts,summary,nav{font-family:var(--sans)}
        .kicker{color:var(--soft);font-size:.8rem;letter-spacing:.09em;text-transform:uppercase;margin:0}
        .lead{font-size:1.25rem;line-height:1.5;max-width:46rem}
        .lead b{white-space:nowrap}
        .lead.one-of-many{font-size:1.0625rem;margin:.35rem 0}
        .small,figcaption{font-size:.83rem;line-height:1.5;color:var(--soft)}
        code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
        pre{background:var(--wash);padding:.9rem 1rem;overflow-x:auto;line-height:1.45;border-radius:3px}
        .badge{display:inline-block;font-size:.74rem;line-height:1.3;padding:.1rem .55rem;border:1px solid currentColor;border-radius:1rem;color:var(--accent);vertical-align:.12em;font-weight:500;white-space:nowrap}
        .badge.leaky{color:var(--bad)}
        .wide{overflow-x:auto;margin:.75rem 0 1.25rem;-webkit-overflow-scrolling:touch}
        table{border-collapse:collapse;font-size:.85rem;line-height:1.4;font-variant-numeric:tabular-nums lining-nums;border-top:2px solid var(--strong);border-bottom:2px solid var(--strong)}
        caption{caption-side:top;text-align:left;font-size:.83rem;color:var(--soft);padding:0 0 .45rem}
        th,td{padding:.38rem .65rem .38rem 0;text-align:left;vertical-align:baseline}
        th:last-child,td:last-child{padding-right:.2rem}
        thead th{font-weight:600;border-bottom:1px solid var(--strong);vertical-align:bottom}
        thead th.n{white-space:normal;min-width:4.2rem}
        tbody th a{color:inherit;text-decoration-color:var(--rule);text-underline-offset:.2em}
        tbody th{font-weight:500;white-space:nowrap}
        tbody tr+tr>*{border-top:1px solid var(--rule)}
        .n{text-align:right;white-space:nowrap}
        td.n .ci{color:var(--soft);font-size:.92em}
        tr.best>th,tr.best>td{font-weight:650}
        tr.best .ci{font-weight:400}
        .star{color:var(--accent)}
        .full{width:100%}
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,29rem),1fr));gap:1rem 3.25rem;margin:1rem 0 1.5rem;align-items:start}
        .chart{margin:.75rem 0;min-width:0;font-family:var(--sans)}
        .chart.across{grid-column:1/-1}
        .chart>h3,.chart>h4{font-size:1rem;margin:0 0 .6rem;font-family:var(--sans)}
        .plot{display:none;min-height:4rem;overflow:hidden}
        .draws .plot{display:block}
        .draws .scriptless{display:none}
        .chart.across .plot{max-width:52rem}
        .plot svg{overflow:visible}
        figcaption{margin-top:.45rem;max-width:44rem}
        .note{color:var(--soft)}
        figcaption>span:first-child{color:var(--ink)}
        .tools{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;align-items:baseline;font-size:.8rem;margin-top:.35rem}
        .tools details{margin:0}
        .tools details[open]{flex-basis:100%}
        .tools summary{font-size:.8rem}
        .tools button{font:inherit;color:var(--accent);background:none;border:0;padding:0;cursor:pointer;text-decoration:underline}
        html:not(.draws) .tools button{display:none}
        #vg-tooltip-element.vg-tooltip{font-family:var(--sans);font-size:.78rem;font-variant-numeric:tabular-nums}
        .system>summary h2{display:inline;border:0;font-size:1.2rem;margin:0;padding:0}
        .system{border-top:1px solid var(--rule);padding-top:.9rem;margin-top:1.1rem}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;font-size:.875rem;margin:1rem 0}
        .facts dt{color:var(--soft)}
        .facts dd{margin:0;overflow-wrap:anywhere}
        .findings{padding:0;list-style:none;max-width:46rem}
        .findings li{border-left:3px solid var(--rule);padding:.1rem 0 .1rem 1rem;margin:.7rem 0}
        .findings .warning{border-color:var(--warn)}
        .findings .serious{border-color:var(--bad)}
        .verdicts{padding-left:1.1rem;max-width:46rem}
        ul.small{padding-left:1.1rem;max-width:46rem}
        .findings b{font-weight:600}
        nav{font-size:.875rem;margin:1.5rem 0 0}
        nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem}nav a{white-space:nowrap}
        details{margin:.75rem 0}
        summary{cursor:pointer;font-size:.9rem;color:var(--accent)}
        footer{margin-top:4rem;border-top:1px solid var(--rule);padding-top:1rem}
        @media (max-width:40rem){main{padding:1.75rem 1rem 3rem}body{font-size:1rem}h1{font-size:1.75rem}.lead{font-size:1.1rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}}
        """;

    private const string DarkColours =
        ":root{--paper:#171b20;--ink:#e3e7ea;--soft:#a0abb5;--rule:#343c44;--strong:#cbd2d8;--accent:#8fc1ee;--wash:#20272e;--deep:#8fc1ee;--series:#56b4e9 #f0883e #2fc79a #e69fc6 #e8c04b #9fb0ff #a0abb5;--warn:#e8b06a;--bad:#f09a9a}";

    private const string Print =
        "@page{margin:18mm 16mm}main{max-width:none;padding:0}body{font-size:10pt}h2{break-after:avoid}h3,h4{break-after:avoid}table,figure,.findings li{break-inside:avoid}nav,.tools{display:none}.wide{overflow:visible}.plot{-webkit-print-color-adjust:exact;print-color-adjust:exact}.plot[data-drawn=dark] svg{filter:invert(1) hue-rotate(180deg)}";

    /// <summary>The whole style sheet.</summary>
    public static string Css { get; } =
        Sheet +
        "\n@media screen and (prefers-color-scheme:dark){" + DarkColours + "}" +
        "\n@media print{" + Print + "}";
}
