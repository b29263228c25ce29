// Draws the charts of a report. The data stands in the page; texts enter it as text
// only, never as markup.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const holders = Array.from(document.querySelectorAll(".chart"));
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  let plots = [];

  const color = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // A dotted line a mark, and a deal's letter above the drawing; letters that would
  // touch move up to a second row.
  function drawMarks(plot, marks) {
    const ctx = plot.ctx;
    const ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.font = `600 ${Math.round(12 * ratio)}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    const { left, top, width, height } = plot.bbox;
    let last = -Infinity;
    let raised = false;
    for (const mark of marks) {
      const x = Math.round(plot.valToPos(mark.time, "x", true));
      if (x < left || x > left + width) continue;
      ctx.strokeStyle = color(mark.letter ? "--text" : "--soft");
      ctx.globalAlpha = mark.letter ? 0.75 : 0.4;
      ctx.lineWidth = ratio;
      ctx.setLineDash(mark.letter ? [4 * ratio, 3 * ratio] : [ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      if (!mark.letter) continue;
      raised = x - last < 13 * ratio ? !raised : false;
      last = x;
      ctx.globalAlpha = 1;
      ctx.fillStyle = color("--text");
      ctx.fillText(mark.letter, x, top - (raised ? 18 : 5) * ratio);
    }
    ctx.restore();
  }

  function draw(holder) {
    const series = data.series[Number(holder.dataset.series)];
    const axis = {
      stroke: color("--soft"),
      grid: { stroke: color("--grid"), width: 1 },
      ticks: { stroke: color("--grid"), width: 1 },
    };
    // Day before month: 9/10 reads as two days.
    const year = "\n{YYYY}";
    const dates = [
      [3600 * 24 * 365, "{YYYY}", null, null, null, null, null, null, 1],
      [3600 * 24 * 28, "{MMM}", year, null, null, null, null, null, 1],
      [3600 * 24, "{D} {MMM}", year, null, null, null, null, null, 1],
    ];
    const value = (_, v) => (v == null ? "–" : v.toFixed(1));
    const hidden = { stroke: "transparent", width: 0, points: { show: false }, value };
    const line = { width: 2, points: { show: false }, spanGaps: true, value };
    const options = {
      width: Math.max(240, holder.clientWidth),
      height: 260,
      padding: [28, 12, 0, 0],
      tzDate: (time) => uPlot.tzDate(new Date(time * 1000), "Etc/UTC"),
      cursor: { sync: { key: "report" }, points: { size: 6 } },
      scales: { x: { time: true } },
      axes: [{ ...axis, values: dates, space: 60 }, { ...axis, size: 52 }],
      series: [
        { value: (_, time) => (time == null ? "–" : new Date(time * 1000).toISOString().slice(0, 10)) },
        { ...hidden, label: "5 %" },
        { ...hidden, label: "95 %" },
        { ...line, label: "simulated", stroke: color("--simulated") },
        { ...line, label: "recorded", stroke: color("--recorded"), dash: [6, 4] },
      ],
      bands: [{ series: [2, 1], fill: color("--band") }],
      hooks: { draw: [(plot) => drawMarks(plot, series.marks)] },
    };
    const columns = [series.times, series.p05, series.p95, series.median, series.recorded];
    return new uPlot(options, columns, holder);
  }

  function drawAll() {
    for (const plot of plots) plot.destroy();
    plots = holders.map(draw);
  }

  drawAll();
  scheme.addEventListener("change", drawAll);
  let pending = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      plots.forEach((plot, i) =>
        plot.setSize({ width: Math.max(240, holders[i].clientWidth), height: 260 }));
    });
  });
})();
