import { LineChart as Line } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import { usePreferences } from '../../session/preferences.js';
import { useText } from '../../texts/text-provider.js';
import { count, instant } from '../../ui/format.js';
import { statusText, toneOf } from '../../ui/status-tag.js';
import type { Point } from './throughput.js';

use([Line, GridComponent, TooltipComponent, LegendComponent, AriaComponent, CanvasRenderer]);

const DASHES = ['solid', 'dashed', 'dotted'] as const;

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Lines over time; the same figures stand in a table for those who do not see it. */
export default function LineChart({ points }: { readonly points: readonly Point[] }): ReactNode {
  const t = useText();
  const zone = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const groups = [...new Set(points.map(({ group }) => group))];
  const times = [...new Set(points.map(({ at }) => at))].sort();
  const valueOf = (group: string, at: string): number =>
    points.find((point) => point.group === group && point.at === at)?.count ?? 0;
  const nameOf = (group: string): string => {
    const key = statusText(group);
    return key ? t(key) : t('status.inFlight');
  };
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current, null, { renderer: 'canvas' });
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      grid: { left: 48, right: 16, top: 32, bottom: 24 },
      legend: { top: 0, textStyle: { color: colour('text-2') } },
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      xAxis: {
        type: 'category',
        data: times.map((at) => instant(at, zone).slice(0, 11)),
        axisLabel: { color: colour('text-3') },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colour('text-3') },
        splitLine: { lineStyle: { color: colour('line') } },
      },
      series: groups.map((group, index) => ({
        name: nameOf(group),
        type: 'line',
        showSymbol: times.length < 3,
        data: times.map((at) => valueOf(group, at)),
        lineStyle: { color: colour(toneOf(group)), type: DASHES[index % DASHES.length] },
        itemStyle: { color: colour(toneOf(group)) },
      })),
    });
    const resize = new ResizeObserver(() => chart.resize());
    resize.observe(box.current);
    return () => {
      resize.disconnect();
      chart.dispose();
    };
  });
  const total = points.reduce((sum, point) => sum + point.count, 0);
  return <div ref={box} className="chart" role="img" aria-label={t('throughput.aria', { count: count(total) })} />;
}
