import { describe, expect, it } from '@jest/globals';
import type { ReceiptSupport, RefusedRecipient, SendReceipt } from '#libs/channels';
import type { ClaimedRecipient } from '#libs/messages';
import type { DeliveredDelivery } from './steps/prepared-delivery.js';
import { verdictForReceipt } from './success-verdict.js';
import { makeClaimed, makeRecipient, makeRun } from './testing/factories.js';

const refuse = (id: string, reason = 'recipient_unknown', type: 'user' | 'department' = 'user'): RefusedRecipient => ({
  addressee: { type, id },
  reason,
});

function makeDelivered(
  recipients: readonly ClaimedRecipient[],
  receipt: Partial<SendReceipt>,
  family: 'wecom' | 'dingtalk' = 'wecom',
  receipts: ReceiptSupport = { supported: false, why: { zh: '无', en: 'none' } },
): DeliveredDelivery {
  const targets = recipients.map((recipient) => ({
    recipient,
    addressee: {
      type: recipient.addresseeType === 'department' ? 'department' : 'user',
      id: recipient.addresseeId,
    },
  }));
  return {
    run: makeRun(makeClaimed({ recipients })),
    route: { channel: { family, receipts } },
    targets,
    receipt: { refused: [], providerCode: '0', ...receipt },
  } as unknown as DeliveredDelivery;
}

const three = [makeRecipient(1), makeRecipient(2), makeRecipient(3)];

describe('what follows a yes', () => {
  const told: ReceiptSupport = { supported: true, windowSeconds: 60, tellsRead: true };
  const planned = (receipt: Partial<SendReceipt>, receipts: ReceiptSupport = told) =>
    verdictForReceipt(makeDelivered([makeRecipient(1)], receipt, 'dingtalk', receipts)).receipts;

  it('is a question to vendors that tell receipts', () => {
    expect(planned({ providerMsgId: 'id-1' })).toEqual({ afterMs: 5_000, windowSeconds: 60 });
    expect(planned({ providerMsgId: 'id-1' }, { supported: false, why: { zh: '无', en: 'none' } })).toBeUndefined();
  });

  it('says at each recipient what a yes only begins', () => {
    const begun = makeDelivered([makeRecipient(1)], {}, 'wecom', { ...told, awaits: 'waiting_confirmation' });
    expect(verdictForReceipt(begun).rest).toEqual({ status: 'sent', reason: 'waiting_confirmation' });
  });

  it('is no question without an id, or when nobody is left to ask about', () => {
    expect(planned({})).toBeUndefined();
    expect(planned({ providerMsgId: 'id-1', refused: [refuse('u1')] })).toBeUndefined();
  });
});

describe("a provider's yes", () => {
  it('means sent to everybody', () => {
    const verdict = verdictForReceipt(makeDelivered(three, { providerMsgId: 'id-1', responseCode: 'card-1' }));
    expect(verdict).toEqual({
      status: 'sent',
      call: { outcome: 'sent', counts: true, code: '0', providerMsgId: 'id-1' },
      providerMsgId: 'id-1',
      responseCode: 'card-1',
      exceptions: [],
      rest: { status: 'sent' },
    });
  });

  it('that refuses some is partial, each of them with its reason', () => {
    const refused = [{ ...refuse('u2'), providerCode: '81013' }];
    expect(verdictForReceipt(makeDelivered(three, { refused }))).toMatchObject({
      status: 'partial',
      call: { outcome: 'sent' },
      exceptions: [{ rowNo: 2, status: 'invalid', reason: 'recipient_unknown', detail: { providerCode: '81013' } }],
      rest: { status: 'sent' },
    });
  });

  it('that refuses everybody is a failure', () => {
    const refused = ['u1', 'u2', 'u3'].map((id) => refuse(id));
    expect(verdictForReceipt(makeDelivered(three, { refused }))).toMatchObject({
      status: 'failed',
      reason: 'all_invalid',
      call: { outcome: 'rejected', counts: true },
    });
  });

  it('is partial too when somebody was invalid before the call, not when somebody was suppressed', () => {
    const invalid = makeDelivered(three.slice(0, 2), {});
    invalid.run.settled.push({ rowNo: 3, status: 'invalid', reason: 'not_in_directory' });
    expect(verdictForReceipt(invalid).status).toBe('partial');
    const suppressed = makeDelivered(three.slice(0, 2), {});
    suppressed.run.settled.push({ rowNo: 3, status: 'suppressed', reason: 'duplicate_content' });
    expect(verdictForReceipt(suppressed).status).toBe('sent');
  });

  it('finds the refused in any case where the vendor ignores it, and only there', () => {
    const mixed = [makeRecipient(1, { addresseeId: 'LiSi' }), makeRecipient(2)];
    const refused = [refuse('lisi')];
    expect(verdictForReceipt(makeDelivered(mixed, { refused })).status).toBe('partial');
    expect(verdictForReceipt(makeDelivered(mixed, { refused }, 'dingtalk')).status).toBe('sent');
  });

  it('does not take a refused department for a person of the same id', () => {
    const both = [
      makeRecipient(1, { addresseeId: '7' }),
      makeRecipient(2, { addresseeType: 'department', addresseeId: '7' }),
    ];
    const { exceptions } = verdictForReceipt(makeDelivered(both, { refused: [refuse('7', 'x', 'department')] }));
    expect(exceptions?.map(({ rowNo }) => rowNo)).toEqual([2]);
  });

  it('about a chat group concerns the group', () => {
    const delivered = makeDelivered([makeRecipient(1, { addresseeType: 'group' })], {});
    const group = { ...delivered, targets: delivered.targets.map(({ recipient }) => ({ recipient })) };
    expect(verdictForReceipt(group).status).toBe('sent');
  });
});
