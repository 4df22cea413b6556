import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#libs/core';
import { CHANNELS, ChannelRegistry } from '#libs/channels';
import { ForbiddenError, type Identity } from '#libs/security';
import { TemplateCatalogue, TemplatesService, renderRoute } from '#libs/templates';
import { waitFor } from '#libs/testing';
import { startTemplatesApi, templateBody, type TemplatesApi } from './templates-api.fixture.js';

describe('TemplateCatalogue on PostgreSQL', () => {
  let api: TemplatesApi;
  let catalogue: TemplateCatalogue;
  let elsewhere: TemplateCatalogue;

  beforeAll(async () => {
    api = await startTemplatesApi();
    catalogue = api.app.get(TemplateCatalogue, { strict: false });
    elsewhere = new TemplateCatalogue(api.database, new ChannelRegistry(CHANNELS), systemClock);
  }, 60_000);

  afterAll(async () => {
    await api?.stop();
  });

  it('gives what was published, ready to render', async () => {
    await api.publish(templateBody());
    const template = await catalogue.getPublished('order-paid');
    const [route] = template.routes;
    expect(route && renderRoute(route, { orderId: 7 }).content).toEqual({ kind: 'text', content: '订单 7 已付款' });
  });

  it('uses a new version at once where it was published, and within two seconds elsewhere', async () => {
    await api.publish(templateBody({ code: 'moving' }));
    expect((await elsewhere.getPublished('moving')).version).toBe(1);
    await api.http
      .put('/v1/templates/moving')
      .send(templateBody({ code: 'moving' }))
      .expect(200);
    await api.http.post('/v1/templates/moving/versions/2/publish').expect(200);
    expect((await catalogue.getPublished('moving')).version).toBe(2);
    await waitFor(async () => (await elsewhere.getPublished('moving')).version === 2, { deadlineMs: 2_000 });
  });

  it('still knows the versions of a deleted template: messages name them', async () => {
    await api.publish(templateBody({ code: 'gone' }));
    await api.http.delete('/v1/templates/gone').expect(204);
    await expect(catalogue.getPublished('gone')).rejects.toMatchObject({ code: 'unknown_template' });
    expect((await elsewhere.getVersion('gone', 1)).name).toBe('Order paid');
  });

  it('refuses changes by a key that may not use the template', async () => {
    const identity: Identity = {
      callerId: '019a4f3e-6f1c-7c3e-9d41-2f6a1b0c7d55',
      callerCode: 'hr',
      keyName: 'hr',
      preset: 'operator',
      scopes: new Set(['templates:write']),
      templates: ['hr-*'],
    };
    const service = api.app.get(TemplatesService, { strict: false });
    await expect(service.create(templateBody({ code: 'it-alert' }), { identity })).rejects.toThrow(ForbiddenError);
    await expect(service.create(templateBody({ code: 'hr-news' }), { identity })).resolves.toBeDefined();
  });
});
