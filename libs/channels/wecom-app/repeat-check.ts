import type { JsonObject } from '#libs/core';
import type { OutboundDelivery, RepeatCheck } from '../channel.js';

type Options = OutboundDelivery['options'];

const SWITCH = 'enable_duplicate_check';
const INTERVAL = 'duplicate_check_interval';
const DEFAULT_SECONDS = 1_800;

/** The duplicate check of doc 90236: equal requests inside the interval are accepted, and shown once. */
export const wecomRepeatCheck: RepeatCheck = {
  longestSeconds: 14_400,
  asked: (options) => {
    if (options[SWITCH] === undefined) return undefined;
    return options[SWITCH] === 1 ? intervalIn(options) : 0;
  },
};

const intervalIn = ({ [INTERVAL]: seconds }: Options): number =>
  typeof seconds === 'number' ? seconds : DEFAULT_SECONDS;

/** What the author of the route says stands; an interval of its own alone switches nothing on. */
export const repeatCheckFields = ({ options, repeatCheckSeconds: seconds }: OutboundDelivery): JsonObject =>
  seconds === undefined || seconds === 0 || options[SWITCH] !== undefined ? {} : { [SWITCH]: 1, [INTERVAL]: seconds };
