import { describe, expect, it } from '@jest/globals';
import { InvariantError } from '#libs/core';
import { jobFor, jobId, parseDispatchJob, type PublishRef } from './dispatch-job.js';

const messageId = '018f2f6e-0000-7000-8000-000000000001';
const recallId = '018f2f6e-0000-7000-8000-000000000002';
const ref: PublishRef = { messageId, deliveryNo: 2, fence: 3, publishNo: 5, priority: 'normal' };

describe('jobId', () => {
  it('names message, delivery, the fence of the coming claim and the publication', () => {
    expect(jobId(ref)).toBe(`${messageId}.2.4.5`);
  });

  it('keeps recalls apart from sends of the same delivery', () => {
    expect(jobId({ ...ref, recallId })).toBe(`r.${recallId}.${messageId}.2.4.5`);
  });

  it('holds no colon, which BullMQ refuses', () => {
    expect(jobId({ ...ref, recallId })).not.toContain(':');
  });
});

describe('jobFor', () => {
  it('carries ids and nothing else', () => {
    expect(jobFor(ref)).toEqual({ v: 1, kind: 'send', messageId, deliveryNo: 2 });
    expect(jobFor({ ...ref, recallId })).toEqual({ v: 1, kind: 'recall', recallId, messageId, deliveryNo: 2 });
  });

  it('refuses a reference that names no delivery', () => {
    expect(() => jobFor({ ...ref, messageId: '' })).toThrow(InvariantError);
  });
});

describe('parseDispatchJob', () => {
  const send = { v: 1, kind: 'send', messageId, deliveryNo: 1 };

  it('reads what jobFor wrote', () => {
    expect(parseDispatchJob(JSON.parse(JSON.stringify(jobFor(ref))))).toEqual(jobFor(ref));
  });

  it.each([
    ['no data at all', undefined],
    ['data that Redis evicted', {}],
    ['an unknown version', { ...send, v: 2 }],
    ['no version', { ...send, v: undefined }],
    ['an unknown kind', { ...send, kind: 'resend' }],
    ['no message', { ...send, messageId: undefined }],
    ['a message id that is none', { ...send, messageId: '42' }],
    ['no delivery', { ...send, deliveryNo: undefined }],
    ['a delivery number that is none', { ...send, deliveryNo: '1' }],
    ['a recall without its id', { ...send, kind: 'recall' }],
  ])('refuses a job with %s', (_case, data) => {
    expect(() => parseDispatchJob(data)).toThrow(InvariantError);
  });
});
