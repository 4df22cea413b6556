import { Transform } from 'class-transformer';
import type { JsonObject } from '#libs/core';

/** Keeps large free-form values out of class-transformer's copying. */
export const AsGiven = (): PropertyDecorator => Transform(({ obj, key }) => (obj as JsonObject)[key]);
