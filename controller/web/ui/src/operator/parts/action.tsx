// A button that asks the machine for something: busy while it does, and what went wrong stands beside it.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { refusalText } from '../model/format';

export function Action({ children, run, main, disabled, ...rest }: { children: ComponentChildren; run: () => Promise<unknown>; main?: boolean; disabled?: boolean; [data: `data-${string}`]: string }) {
  const busy = useSignal(false);
  const refused = useSignal('');
  const act = async () => {
    busy.value = true;
    refused.value = '';
    try {
      await run();
    } catch (error) {
      refused.value = refusalText(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <>
      <button type="button" class={`b ${main ? 'main' : ''}`} disabled={disabled || busy.value} onClick={() => void act()} {...rest}>
        {children}
      </button>
      {refused.value && (
        <p class="refused" role="alert">
          {refused.value}
        </p>
      )}
    </>
  );
}

/** Hands the browser a file. */
export function save(name: string, parts: Uint8Array[], type: string) {
  const url = URL.createObjectURL(new Blob(parts as BlobPart[], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
