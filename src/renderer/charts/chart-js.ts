/**
 * The parts of Chart.js that the charts of this app use, and nothing else: horizontal and vertical bars on linear and
 * category axes. No tooltip, legend, animation or date adapter: tooltips are HTML, labels stand in the chart, the time
 * axis is in ticks.ts.
 */
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

export { Chart };

/** One typeface and size in all charts. */
export const CHART_FONT = { family: 'system-ui, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif', size: 12 };
export const SMALL_FONT = `11px ${CHART_FONT.family}`;
