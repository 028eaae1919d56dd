// The render loop: one for the page, and none where nothing moves. What is drawn from samples is drawn here.
type Draw = (now_ms: number) => void;

const draws = new Set<Draw>();
let running = false;

/** Called before every frame until the result is called. */
export function onFrame(draw: Draw): () => void {
  draws.add(draw);
  if (!running) requestAnimationFrame(frame);
  running = true;
  return () => draws.delete(draw);
}

function frame(now_ms: number) {
  for (const draw of draws) draw(now_ms);
  running = draws.size > 0;
  if (running) requestAnimationFrame(frame);
}
