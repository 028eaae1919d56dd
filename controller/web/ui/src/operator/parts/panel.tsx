// A card with a heading.
import type { ComponentChildren } from 'preact';

export function Panel({ title, note, span, fill, children, id }: { title: string; note?: ComponentChildren; span: string; fill?: boolean; children: ComponentChildren; id: string }) {
  return (
    <section class={`panel ${span} ${fill ? 'fill' : ''}`} aria-labelledby={`${id}-title`} data-panel={id}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {note !== undefined && <span class="note">{note}</span>}
      </header>
      {children}
    </section>
  );
}
