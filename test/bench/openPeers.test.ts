import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closePeers, openPeers } from '../../bench/openPeers.ts';
import { openPeerContestant, type Exchange } from '../../bench/peerContestant.ts';
import { PeerProcess } from '../../bench/peerProcess.ts';

const ABSENT = "console.log(JSON.stringify({ missing: 'it is not installed' }))";
/** Answers each request with what `reply` makes of it. */
const program = (hello: object, reply: string): string => `
  const say = (content) => console.log(JSON.stringify(content));
  say(${JSON.stringify(hello)});
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => say((${reply})(JSON.parse(line))));
`;
const hello = (version: string, ...modules: string[]): object => ({ version, threads: 2, modules });

let folder = '';
const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-peers-'));
  await write('openCv.py', ABSENT);
  await write('openCvJs.mjs', ABSENT);
  await write('kuwahara.cpp', '#error it does not compile');
});
afterEach(() => rm(folder, { recursive: true }));

test('peers that are not there are named with the reason and the command that installs them', async () => {
  const peers = await openPeers(folder, ['no-such-python', process.execPath]);
  expect(peers).toEqual({
    openCv: undefined,
    openCvJs: undefined,
    cpp: undefined,
    missing: [
      { name: 'OpenCV', reason: expect.stringMatching(/no-such-python ENOENT; it is not installed/) as string, install: expect.stringContaining('apt-get install python3-opencv') as string },
      { name: 'opencv.js', reason: 'it is not installed', install: 'npm install --no-save @techstark/opencv-js@4.12.0-release.1' },
      { name: 'C++', reason: expect.stringMatching(/it does not compile|ENOENT/) as string, install: 'apt-get install g++ (Debian)' },
    ],
  });
});

test('what a program complains of before it ends is the reason', async () => {
  await write('openCv.py', "console.error('first'); console.error('the reason'); process.exit(3)");
  const { missing } = await openPeers(folder, [process.execPath]);
  expect(missing[0]?.reason).toBe('the reason');
});

test('of several Pythons the one whose OpenCV has the extra modules is taken', async () => {
  await write('openCv.py', `${program(hello('plain'), '() => 0')}`);
  await write('full.cjs', `${program(hello('full', 'ximgproc', 'xphoto'), '() => 0')}`);
  const second = join(folder, 'second-python');
  await writeFile(second, `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'full.cjs')}'\n`);
  await chmod(second, 0o755);
  const peers = await openPeers(folder, [process.execPath, second]);
  expect(peers.openCv?.hello.version).toBe('full');
  expect(peers.missing.map(({ name }) => name)).toEqual(['opencv.js', 'C++']);
  closePeers(peers);
});

const operation = { name: 'blur', arguments: { sigma: 2 } };
const photo = { data: new Uint8ClampedArray(8), width: 2, height: 1 };
const exchange = (): Exchange => ({ output: join(folder, 'out'), fileOf: async () => ({ file: 'photo', width: 2, height: 1 }), clear: async () => {} });
const open = async (reply: string): Promise<PeerProcess> => {
  const peer = await PeerProcess.open(process.execPath, ['-e', program(hello('peer 1'), reply)]);
  if ('missing' in peer) throw new Error(peer.missing);
  return peer;
};

test('a peer is asked for an operation by name, and what it painted is read back', async () => {
  const peer = await open(`(request) => {
    if (request.output) require('node:fs').writeFileSync(request.output, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
    return { wall: request.times * request.arguments.sigma, cpu: request.threads };
  }`);
  const contestant = await openPeerContestant('peer', peer, operation, 3, exchange(), photo);
  if ('missing' in contestant) throw new Error(contestant.missing);
  expect(await contestant.run(5)).toEqual({ wall: 10, cpu: 3 });
  expect([...(await contestant.paint(photo)).data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  peer.close();
});

test('a peer without the operation does not take part; one that fails says in what', async () => {
  const without = await open("() => ({ missing: 'it has no blur' })");
  expect(await openPeerContestant('peer', without, operation, 'all', exchange(), photo)).toEqual({ missing: 'it has no blur' });
  without.close();
  const failing = await open("() => ({ error: 'bad sigma' })");
  await expect(openPeerContestant('peer', failing, operation, 'all', exchange(), photo)).rejects.toThrow('peer 1: blur: bad sigma');
  failing.close();
});

test('a peer that ends in the middle is an error, not a wait for ever', async () => {
  const peer = await open('() => process.exit(1)');
  await expect(peer.run({ operation, image: { file: '', width: 1, height: 1 }, threads: 1, times: 1 })).rejects.toThrow('peer 1 ended during blur');
  peer.close();
});
