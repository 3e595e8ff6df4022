import { discModule, discSamples, spiralSamples } from './discSamples.ts';

/** WESL modules that are computed at build time: `import package::generated::NAME::…` finds them. */
export function generatedModules(): Readonly<Record<string, string>> {
  made ??= {
    disc32: discModule(discSamples(32), 'bilinear'),
    disc64: discModule(discSamples(64), 'bilinear'),
    disc96: discModule(discSamples(96), 'bilinear'),
    nearest64: discModule(discSamples(64), 'nearest'),
    spiral64: discModule(spiralSamples(64), 'bilinear'),
    moments32: discModule(discSamples(32), 'moments'),
    moments96: discModule(discSamples(96), 'moments'),
  };
  return made;
}

// Every shader is linked against them, and choosing the points takes a while.
let made: Readonly<Record<string, string>> | undefined;
