import { decode } from 'fast-png';
import gouache from '../../test/golden/look_gouache.png?inline';
import oil from '../../test/golden/look_oil.png?inline';
import oilImpasto from '../../test/golden/look_oilImpasto.png?inline';
import pastelPaint from '../../test/golden/look_pastelPaint.png?inline';
import source from '../../test/golden/look_source.png?inline';
import strokes from '../../test/golden/look_strokes.png?inline';
import watercolor from '../../test/golden/look_watercolor.png?inline';
import type { Pixels } from '../../src/io/pixels.ts';
import { picture } from '../../test/support/pictures.ts';
import type { OwnRow, Scenario } from '../scenario.ts';

/** Every look against what its reference program makes of a small picture. */
export const looks: Scenario = {
  name: 'looks',
  own: [row('oil', oil), row('oilImpasto', oilImpasto), row('strokes', strokes), row('watercolor', watercolor), row('gouache', gouache), row('pastelPaint', pastelPaint)],
};

function row(name: string, golden: string): OwnRow {
  return {
    name,
    look: { effect: name },
    atLeast: 30,
    reference: { name: 'reference program', width: 128, photo: () => decoded(source), paint: () => decoded(golden) },
  };
}

function decoded(url: string): Pixels {
  const { data, width, height, channels } = decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  return picture(width, height, (x, y) => [...data.subarray(channels * (y * width + x), channels * (y * width + x) + 3)]);
}
