import { ruleFor, type ProviderErrorRule, type ProviderErrorTable } from '../../provider-errors.js';
import { V1_GATEWAY_ERRORS } from './v1-gateway.errors.js';
import {
  V1_ROBOT_CONTENT_ERRORS,
  V1_ROBOT_RECIPIENT_ERRORS,
  V1_ROBOT_SENT_ERRORS,
  V1_ROBOT_SETUP_ERRORS,
} from './v1-robot.errors.js';

/** Codes of the newer API family: of its gateway and of the robot calls. `x.*` stands for every code that begins with `x.`. */
export const V1_ERRORS: ProviderErrorTable = {
  ...V1_GATEWAY_ERRORS,
  ...V1_ROBOT_SETUP_ERRORS,
  ...V1_ROBOT_RECIPIENT_ERRORS,
  ...V1_ROBOT_CONTENT_ERRORS,
  ...V1_ROBOT_SENT_ERRORS,
};

/** What a code means: its own rule, that of its beginning, else what the HTTP status alone says, 400 being the usual one. */
export const v1Rule = (code: string, status = 400): ProviderErrorRule | undefined =>
  ruleFor(V1_ERRORS, code) ?? ruleFor(V1_ERRORS, `HTTP ${status}`);
