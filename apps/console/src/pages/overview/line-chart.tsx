import { LineChart as Line } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import { usePreferences } from '../../session/preferences.js';
import { instant } from '../../ui/format.js';
import type { Tone } from '../../ui/status-tag.js';

use([Line, GridComponent, TooltipComponent, LegendComponent, CanvasRenderer]);

const DASHES = ['solid', 'dashed', 'dotted'] as const;
/** Up to so many moments each has a mark: a line of one point is not seen. */
const MARKED = 60;
/** `11-23 14:23:05` without its seconds, or `14:23:05.120` without its fractions. */
const shortOf = (moment: string): string => moment.replace(/(\d{2}:\d{2}):\d{2}(\.\d+)?$/, '$1');

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export interface ChartLine {
  readonly name: string;
  readonly tone: Tone;
  /** One for each moment; `null` where there is nothing to measure. */
  readonly values: readonly (number | null)[];
}

export interface LineChartProps {
  readonly label: string;
  readonly times: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
}

/** Lines over time; the label says what they sum up to for those who do not see them. */
export default function LineChart({ label, times, lines, format }: LineChartProps): ReactNode {
  const zone = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current, null, { renderer: 'canvas' });
    chart.setOption({
      animation: false,
      grid: { left: 64, right: 16, top: 32, bottom: 24 },
      legend: { top: 0, type: 'scroll', textStyle: { color: colour('text-2') } },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        valueFormatter: (value: number | null) => (value === null ? '—' : format(value)),
      },
      xAxis: {
        type: 'category',
        data: times.map((at) => shortOf(instant(at, zone))),
        axisLabel: { color: colour('text-3') },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colour('text-3'), formatter: format },
        splitLine: { lineStyle: { color: colour('line') } },
      },
      series: lines.map(({ name, tone, values }, index) => ({
        name,
        type: 'line',
        showSymbol: times.length <= MARKED,
        symbolSize: 4,
        connectNulls: false,
        data: [...values],
        lineStyle: { color: colour(tone), type: DASHES[index % DASHES.length] },
        itemStyle: { color: colour(tone) },
      })),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(box.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  });
  return <div ref={box} className="chart" role="img" aria-label={label} />;
}
