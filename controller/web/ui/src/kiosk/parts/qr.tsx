// A link as a QR code, black on white whatever the theme: that is what cameras expect.
import encodeQR from 'qr';
import { useMemo } from 'preact/hooks';

const QUIET = 4; // modules around it, as ISO/IEC 18004 asks

export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
    return { path: rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join(''), size: rows.length };
  }, [text]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path class="paper" d={`M0 0h${size}v${size}h-${size}z`} />
      <path class="ink" d={path} />
    </svg>
  );
}
