import type { JsonObject } from '#libs/core';
import type { CompatFault } from '../compat.js';

/** The vendor's codes for what an app may be refused for (doc 90313). */
const CODES: Readonly<Record<CompatFault, number>> = {
  missing_name: 41002,
  missing_secret: 41004,
  missing_credential: 41001,
  unknown_name: 40013,
  bad_secret: 40001,
  bad_credential: 40014,
  expired_token: 42001,
  bad_signature: 40058,
  stale_signature: 40058,
  no_right: 48002,
  malformed: 40058,
  unknown_kind: 40008,
  foreign_app: 301002,
  no_recipients: 81012,
  invalid: 40058,
  throttled: 45009,
  busy: -1,
};

export const refusedAsApp = (fault: CompatFault, message: string): JsonObject => ({
  errcode: CODES[fault],
  errmsg: message,
});

/** A robot has one credential, its key, and one code for whatever is wrong with it (doc 91770). */
const ROBOT_CODES: Partial<Record<CompatFault, number>> = {
  missing_credential: 93000,
  bad_credential: 93000,
  no_right: 93000,
};

export const refusedAsRobot = (fault: CompatFault, message: string): JsonObject => ({
  errcode: ROBOT_CODES[fault] ?? CODES[fault],
  errmsg: message,
});
