/** Has the controls of the page play a film, seek in it, and let it be heard. */
export function playerControls(video: HTMLVideoElement): void {
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
  const play = find('play');
  const seek = find<HTMLInputElement>('seek');
  const sound = find('sound');
  const tell = (): void => {
    play.textContent = video.paused ? 'Play' : 'Pause';
    seek.value = String(video.duration > 0 ? video.currentTime / video.duration : 0);
    seek.ariaValueText = find('time').textContent = `${clock(video.currentTime)} of ${clock(video.duration)}`;
  };
  for (const event of ['play', 'pause', 'timeupdate', 'durationchange', 'emptied']) video.addEventListener(event, tell);
  play.addEventListener('click', () => void (video.paused ? video.play() : video.pause()));
  seek.addEventListener('input', () => void (video.currentTime = seek.valueAsNumber * video.duration));
  sound.addEventListener('click', () => {
    video.muted = !video.muted;
    sound.ariaPressed = String(!video.muted);
  });
}

/** Minutes and seconds. */
function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.floor(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
