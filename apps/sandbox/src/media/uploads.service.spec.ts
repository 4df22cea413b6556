import { describe, expect, it } from '@jest/globals';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { NamedMedia } from './named-media.js';
import { Uploads, type NewUpload } from './uploads.service.js';

const MB = 1024 * 1024;

const makeUpload = (overrides: Partial<NewUpload> = {}): NewUpload => ({
  id: '3Fil-1',
  owner: 'corp',
  type: 'file',
  fileName: 'a.txt',
  contentType: 'text/plain',
  data: Buffer.from('abcdef'),
  ...overrides,
});

function makeStore(): { uploads: Uploads; clock: SandboxClock; resets: ResetRegistry } {
  const clock = new SandboxClock({ now: () => new Date('2026-08-20T00:00:00Z'), monotonicMs: () => 0 });
  const resets = new ResetRegistry();
  return { uploads: new Uploads(clock, resets), clock, resets };
}

describe('Uploads', () => {
  it('knows an upload by its owner and id until its time is over', () => {
    const { uploads, clock } = makeStore();
    uploads.add(makeUpload({ lifetimeMs: 1000 }));
    expect(uploads.find({ owner: 'corp', id: '3Fil-1' })).toMatchObject({ fileName: 'a.txt', bytes: 6 });
    expect(uploads.find({ owner: 'robot', id: '3Fil-1' })).toBeUndefined();
    clock.advance(999);
    expect(uploads.find({ owner: 'corp', id: '3Fil-1' })).toBeDefined();
    clock.advance(1);
    expect(uploads.find({ owner: 'corp', id: '3Fil-1' })).toBeUndefined();
  });

  it('lets the oldest bytes go when there are more than 64 MB, and keeps the ids', () => {
    const { uploads } = makeStore();
    const added = ['a', 'b', 'c'].map((id) => uploads.add(makeUpload({ id, data: Buffer.alloc(30 * MB) })));
    expect(added.map(({ data }) => data !== undefined)).toEqual([false, true, true]);
    expect(uploads.find({ owner: 'corp', id: 'a' })).toMatchObject({ bytes: 30 * MB, data: undefined });
  });

  it('forgets everything but the demo files at a reset', () => {
    const { uploads, resets } = makeStore();
    uploads.addLasting(makeUpload({ id: 'demo' }));
    uploads.add(makeUpload());
    resets.resetAll();
    expect(uploads.find({ owner: 'corp', id: 'demo' })).toBeDefined();
    expect(uploads.find({ owner: 'corp', id: '3Fil-1' })).toBeUndefined();
  });
});

describe('the media that a message names', () => {
  it('are those of the right type, once each, and the pictures whose address it holds', () => {
    const { uploads } = makeStore();
    uploads.add(makeUpload());
    const picture = uploads.add(makeUpload({ id: 'picture', owner: 'pictures', type: 'image' }));
    const named = new NamedMedia(uploads, 'corp');
    expect([named.has('3Fil-1', 'image'), named.has('3Fil-1', 'file'), named.has('3Fil-1', 'file')]).toEqual([
      false,
      true,
      true,
    ]);
    const body = `{"picurl":"http://localhost/_sandbox/media/${picture.no}"}`;
    expect(named.shownIn(body).map(({ id }) => id)).toEqual(['3Fil-1', 'picture']);
  });
});
