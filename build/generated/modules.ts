import { discModule } from './discSamples.ts';

/** WESL modules that are computed at build time: `import package::generated::NAME::…` finds them. */
export function generatedModules(): Readonly<Record<string, string>> {
  made ??= {
    disc32: discModule(32, 'bilinear'),
    disc64: discModule(64, 'bilinear'),
    disc96: discModule(96, 'bilinear'),
    nearest64: discModule(64, 'nearest'),
    moments32: discModule(32, 'moments'),
    moments96: discModule(96, 'moments'),
  };
  return made;
}

// Every shader is linked against them, and choosing the points takes a while.
let made: Readonly<Record<string, string>> | undefined;
