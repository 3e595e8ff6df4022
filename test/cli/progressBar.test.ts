import { expect, test } from 'vitest';
import { progressBar } from '../../src/cli/progressBar.ts';

function drawn(isTTY: boolean, total: number): string[] {
  const texts: string[] = [];
  const bar = progressBar({ isTTY, write: (text) => texts.push(text) }, total);
  bar.show(1);
  bar.clear();
  return texts;
}

test('on a terminal it fills up and goes away', () => expect(drawn(true, 3)).toEqual([`\r\x1b[K${'█'.repeat(8)}${'░'.repeat(16)} 1/3`, '\r\x1b[K']));
test('elsewhere, or for one picture, it writes nothing', () => expect([...drawn(false, 3), ...drawn(true, 1)]).toEqual([]));
