import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CHANNELS, contentKindOf, examplesOf } from '#libs/channels';
import type { JsonObject } from '#libs/core';
import { stage } from './stage.js';

const MOST_ROUTES = 10;

/** Every kind of the channel as a route, each variant too, at most ten to a template. */
async function templatesOf(channel: (typeof CHANNELS)[number]): Promise<string[]> {
  const account = await stage.system.given.account(channel.name);
  const contents = channel.contents.flatMap((type) =>
    examplesOf(type).map((example) => ({ kind: contentKindOf(type).kind, ...example })),
  );
  const routes = contents.map((content): JsonObject => ({ channel: channel.name, account, content }));
  const parts = Array.from({ length: Math.ceil(routes.length / MOST_ROUTES) }, (_, index) =>
    routes.slice(index * MOST_ROUTES, (index + 1) * MOST_ROUTES),
  );
  return Promise.all(parts.map((part) => stage.system.given.saved({ routes: part })));
}

const previews = (page: Page): Promise<number> => page.locator('aside figure.look').count();

export function scenarios(): void {
  it.each(CHANNELS.map((channel, index) => [channel.name, channel, index] as const))(
    'shows every kind of %s as its readers see it',
    async (_name, channel, index) => {
      const codes = await templatesOf(channel);
      const page = await stage.signedIn({ theme: index % 2 === 0 ? 'light' : 'dark' });
      for (const code of codes) {
        await stage.shown.go(`/templates/${code}`);
        await page.locator('aside figure.look').first().waitFor();
        const faults = await page.locator('aside .problems .danger-text').allTextContents();
        expect(faults).toEqual([]);
        expect(await previews(page)).toBeGreaterThan(0);
        // Nothing is left to a list of names.
        expect(await page.locator('aside figure.look .look-body:empty').count()).toBe(0);
        expect(await stage.shown.axe()).toEqual([]);
      }
    },
  );

  it('shows markup, scripts and marks of direction as text, and asks no stranger for pictures', async () => {
    const people = CHANNELS.find(({ addressing, recall }) => addressing.to === 'people' && recall.supported);
    const account = await stage.system.given.account(people?.name ?? '');
    const markdown = people?.contents.map((type) => contentKindOf(type).kind).find((kind) => kind === 'markdown') ?? '';
    const evil = '<img src=x onerror=alert(1)> <script>alert(2)</script> [go](https://evil.example/x) \u202Efdp.exe';
    const code = await stage.system.given.saved({
      routes: [{ channel: people?.name ?? '', account, content: { kind: markdown, content: `${evil}\n- list` } }],
    });
    const page = await stage.signedIn();
    await stage.shown.go(`/templates/${code}`);
    const figure = page.locator('aside figure.look');
    await figure.getByText('<script>alert(2)</script>').first().waitFor();
    await figure.getByText('U+202E').first().waitFor();
    expect(await figure.locator('img, a, script').count()).toBe(0);
    // What the client does not show as a list is hatched, and listed beside the preview.
    await figure.locator('.look-lost').getByText('- list').waitFor();
    await page.locator('aside .problems').getByText(/列表/).waitFor();
  });
}
