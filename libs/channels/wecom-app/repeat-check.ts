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
    if (!isGiven(options)) return undefined;
    return options[SWITCH] === 1 ? intervalIn(options) : 0;
  },
};

const intervalIn = ({ [INTERVAL]: seconds }: Options): number =>
  typeof seconds === 'number' ? seconds : DEFAULT_SECONDS;

/** An author who gives one of the fields has decided; an interval alone switches nothing on. */
const isGiven = (options: Options): boolean => options[SWITCH] !== undefined || options[INTERVAL] !== undefined;

/** Nothing where the author has decided: those fields travel as they are. */
export const repeatCheckFields = ({ options, repeatCheckSeconds: seconds = 0 }: OutboundDelivery): JsonObject =>
  seconds === 0 || isGiven(options) ? {} : { [SWITCH]: 1, [INTERVAL]: seconds };
