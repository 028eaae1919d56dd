// The result to take along: a QR code with a one-time link where phones reach this machine, else a file for this browser. Both are the machine's
// CSV; the page writes none of its own.
import { useEffect, useState } from 'preact/hooks';
import { Press } from '../parts/press';
import { QrCode } from '../parts/qr';
import { m } from '../phrases';
import { api, ask } from '../state/machine';

interface TakeProps {
  sessions: string[];
  /** Instead of what the file holds. */
  note: string;
}

export function Take({ sessions, note }: TakeProps) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    if (sessions.length === 0) return;
    api.telemetry.createDownload({ sessions }).then(
      (offered) => setUrl(offered.url),
      () => {}, // the button is there all the same
    );
  }, [sessions.join()]);
  return (
    <section class={`card take ${url ? 'scan' : ''}`}>
      {url && <QrCode text={url} label={m().finish.qr} />}
      <div>
        <h2>{m().finish.take}</h2>
        <p class="label">{note || (url ? m().finish.scan : m().finish.takeText)}</p>
      </div>
      {!url && (
        <Press class="btn" onPress={() => void download(sessions)} data-csv>
          {m().finish.download}
        </Press>
      )}
    </section>
  );
}

function download(sessions: string[]) {
  return ask(async () => {
    const { path } = await api.telemetry.createDownload({ sessions });
    const link = document.createElement('a');
    link.href = path;
    link.download = '';
    link.click();
  });
}
