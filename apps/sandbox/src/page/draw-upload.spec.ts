import { describe, expect, it } from '@jest/globals';
import { drawUpload } from './draw-upload.js';

const upload = { id: '3Img-1', type: 'image', fileName: '图 "1".png', bytes: 2048, path: '/_sandbox/media/7' } as const;

describe('an uploaded file on the page', () => {
  it('is a picture with its name', () => {
    const { text } = drawUpload(upload);
    expect(text).toContain('<img src="/_sandbox/media/7" alt="图 &quot;1&quot;.png" />');
    expect(text).toContain('2 KB');
  });

  it('is a link when it is something else', () => {
    const { text } = drawUpload({ ...upload, type: 'file', fileName: '<b>.pdf' });
    expect(text).toMatch(/^<a class="upload" href="\/_sandbox\/media\/7">📎 &lt;b&gt;\.pdf/);
  });

  it('is a name alone when its bytes are gone', () => {
    const { text } = drawUpload({ ...upload, path: null });
    expect(text).toMatch(/^<span class="upload">🖼 图/);
  });
});
