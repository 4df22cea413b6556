import { describe, expect, it } from '@jest/globals';
import { UnavailableError } from '#libs/core';
import { TransferSlots } from './transfer-slots.js';

describe('the slots of transfers', () => {
  it('are so many for one caller, and so many for all', () => {
    const slots = new TransferSlots('uploaded', { total: 3, perCaller: 2 });
    slots.take('a');
    const second = slots.take('a');
    expect(() => slots.take('a')).toThrow(UnavailableError);
    slots.take('b');
    expect(() => slots.take('c')).toThrow(UnavailableError);
    second();
    slots.take('c');
    expect(() => slots.take('a')).toThrow(UnavailableError);
  });

  it('are given back once', () => {
    const slots = new TransferSlots('uploaded', { total: 1, perCaller: 1 });
    const giveBack = slots.take('a');
    giveBack();
    slots.take('b');
    giveBack();
    expect(() => slots.take('c')).toThrow(UnavailableError);
  });
});
