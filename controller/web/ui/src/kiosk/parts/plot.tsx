// A line over a span, drawn to fill the room that it is given: points with their numbers, and behind them the line it is compared with.
interface PlotPoint {
  /** 0 to 1, left to right. */
  x: number;
  /** 0 to 1, bottom to top. */
  y: number;
  text?: string | undefined;
}

interface PlotProps {
  points: readonly PlotPoint[];
  before?: readonly PlotPoint[];
  /** A place on the span that is marked, 0 to 1. */
  at?: number | undefined;
  /** What the picture says, for who does not see it. */
  label: string;
}

const EDGE = 0.1; // a number nearer to the end than this is written inward

const path = (points: readonly PlotPoint[]) => points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${(100 * x).toFixed(2)} ${(100 * (1 - y)).toFixed(2)}`).join('');
const place = ({ x, y }: PlotPoint) => ({ left: `${100 * x}%`, top: `${100 * (1 - y)}%` });

export function Plot({ points, before = [], at, label }: PlotProps) {
  const last = points.length - 1;
  return (
    <div class="plot" role="img" aria-label={label}>
      <div class="area">
        <svg class="curve" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {at !== undefined && <path class="at" d={`M${100 * at} -8V100`} />}
          <path class="best" d={path(before)} />
          <path class="this thin" d={path(points)} />
        </svg>
        {points.map((point, i) => (
          <i key={`dot${i}`} class={i === last ? 'dot' : 'ring'} style={place(point)} />
        ))}
        {points.map(
          (point, i) =>
            point.text && (
              <b key={`text${i}`} class={point.x < EDGE ? 'first' : point.x > 1 - EDGE ? 'last' : ''} style={place(point)}>
                {point.text}
              </b>
            ),
        )}
      </div>
    </div>
  );
}
