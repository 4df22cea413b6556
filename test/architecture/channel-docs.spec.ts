import { describe, expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { channelsPage } from '../../libs/channels/document/channels-page.js';
import { textOf } from './project-files.js';

const PAGE = 'docs/channels.md';

/** By itself, or within a range of numbers. */
function isListed(code: string, section: string): boolean {
  const ranges = [...section.matchAll(/`(\d+)` – `(\d+)`/g)];
  const isWithin = ranges.some(([, first, last]) => Number(code) >= Number(first) && Number(code) <= Number(last));
  return isWithin || section.includes(`\`${code}\``);
}

describe(PAGE, () => {
  it('is what the definitions make of it: run npm run docs', () => {
    // Compared by lines, so that a difference shows where it is.
    expect(textOf(PAGE).split('\n')).toEqual(channelsPage(CHANNELS).split('\n'));
  });

  it('has a section for every channel with all of its error codes', () => {
    const page = channelsPage(CHANNELS);
    for (const { errors, name } of CHANNELS) {
      const section = page.split(`\n## \`${name}\` – `)[1]?.split('\n## ')[0] ?? '';
      const unlisted = Object.keys(errors).filter((code) => !isListed(code, section));
      expect({ name, unlisted }).toEqual({ name, unlisted: [] });
    }
  });

  it('keeps every row of a table as wide as its head', () => {
    const widths = channelsPage(CHANNELS)
      .split('\n')
      .map((line) => (line.startsWith('| ') ? line.split(/(?<!\\)\|/).length : 0));
    const uneven = widths.filter(
      (width, line) => width > 0 && (widths[line - 1] ?? 0) > 0 && width !== widths[line - 1],
    );
    expect(uneven).toEqual([]);
  });
});
