// The render loop: one for the page. What is drawn from samples is drawn here, and the lease is renewed here.
type Draw = (now_ms: number) => void;

const draws = new Set<Draw>();

/** Called before every frame until the result is called. */
export function onFrame(draw: Draw): () => void {
  draws.add(draw);
  return () => draws.delete(draw);
}

export function startFrames() {
  const frame = (now_ms: number) => {
    for (const draw of draws) draw(now_ms);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
