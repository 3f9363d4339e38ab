// Draws the charts of report.html. Each stands in the page as a Vega-Lite specification without colours, which C# wrote;
// here is the theme that gives its styles a look, light or dark as the reader's system is, and in the page's own colours
// (the custom properties of its style sheet).
(() => {
  'use strict';
  const page = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  page.classList.add('draws');

  function theme() {
    const sheet = getComputedStyle(page);
    const colour = name => sheet.getPropertyValue('--' + name).trim();
    const [paper, ink, soft, rule, accent, wash] = ['paper', 'ink', 'soft', 'rule', 'accent', 'wash'].map(colour);
    const series = colour('series').split(' ');
    const font = sheet.getPropertyValue('--sans').trim();
    const label = { labelColor: ink, labelFont: font, labelFontSize: 12, titleColor: soft, titleFont: font, titleFontSize: 12, titleFontWeight: 'normal' };
    return {
      // Text on a cell: black on light ones, white on dark ones; the limit is the shade on which both stand out alike,
      // by 4.58 : 1 (luminance 0.179).
      text: dark.matches ? { weakText: '#fff', strongText: '#000', strongAbove: .53 } : { weakText: '#000', strongText: '#fff', strongAbove: .745 },
      config: {
        background: null,
        view: { stroke: null },
        axis: { ...label, domainColor: rule, tickColor: rule, gridColor: rule, gridOpacity: .7, labelLimit: 150, labelPadding: 6, titlePadding: 8, ticks: false, domain: false },
        axisX: { labelFlush: false },
        axisBand: { grid: false },
        axisPoint: { grid: false },
        legend: { ...label, disable: true, orient: 'top', direction: 'horizontal', symbolSize: 70, symbolStrokeWidth: 2, labelLimit: 320, offset: 6, titleLimit: 0 },
        text: { color: ink, font, fontSize: 12 },
        bar: { color: accent },
        mark: { color: accent },
        range: {
          category: series,
          heatmap: [wash, colour('deep')],
        },
        style: {
          estimate: { filled: true, size: 72, color: accent, opacity: 1 },
          score: { filled: true, size: 72, opacity: 1 },
          interval: { strokeWidth: 5, opacity: .38, color: accent, strokeCap: 'round' },
          seed: { thickness: 1, size: 14, color: ink, opacity: .55 },
          chance: { strokeDash: [2, 3], strokeWidth: 1, color: soft },
          pooled: { strokeWidth: 1.5, color: ink },
          measure: { strokeWidth: 2, color: ink },
          link: { strokeWidth: 1.5, color: rule },
          gap: { strokeWidth: 1.5, color: soft, opacity: .6 },
          band: { opacity: .16 },
          bar: { color: accent, opacity: 1 },
          trial: { strokeWidth: 1, opacity: .28 },
          mean: { strokeWidth: 2.6, opacity: 1 },
          cell: { stroke: paper, strokeWidth: 2 },
          'cell-text': { fontSize: 12 },
          number: { fontSize: 12, color: ink },
          name: { fontSize: 12, color: ink },
        },
      },
    };
  }

  const views = new Map();

  async function draw(plot) {
    const { config, text } = theme();
    const specification = JSON.parse(plot.parentElement.querySelector('script[type="application/json"]').textContent);
    specification.params = Object.entries(text).map(([name, value]) => ({ name, value }));
    views.get(plot)?.finalize();
    // Vega gives the element that it draws into a role of its own; ours is an image with a name and a description.
    const { view, finalize } = await vegaEmbed(plot.firstElementChild ?? plot.appendChild(document.createElement('div')), specification, {
      ast: true, // expressions are read, not compiled: the page forbids eval
      renderer: 'svg',
      actions: false,
      config,
      tooltip: { theme: dark.matches ? 'dark' : 'light' },
    });
    views.set(plot, { view, finalize });
    plot.dataset.drawn = dark.matches ? 'dark' : 'light';
  }

  // One after another, with a breath between them, so that a page of many charts can be read at once. Charts in closed
  // parts have no width: they are drawn when their part is opened.
  let round = 0;
  async function drawAll() {
    const mine = ++round;
    page.dataset.charts = 'drawing';
    for (const plot of document.querySelectorAll('.plot')) {
      if (!plot.clientWidth || plot.dataset.drawn === (dark.matches ? 'dark' : 'light')) continue;
      try {
        await draw(plot);
      } catch (error) {
        plot.textContent = 'This chart could not be drawn: ' + error.message;
        console.error(error);
      }
      await new Promise(go => setTimeout(go));
      if (mine !== round) return;
    }
    page.dataset.charts = 'drawn';
  }

  async function save(button) {
    const { view } = views.get(document.getElementById(button.dataset.of).querySelector('.plot')) ?? {};
    if (!view) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await view.toSVG()], { type: 'image/svg+xml' }));
    link.download = button.dataset.name + '.svg';
    link.click();
    URL.revokeObjectURL(link.href);
  }

  document.addEventListener('click', e => e.target.matches('button[data-of]') && save(e.target));
  for (const part of document.querySelectorAll('details')) part.addEventListener('toggle', () => part.open && drawAll());
  dark.addEventListener('change', drawAll);
  drawAll();
})();
