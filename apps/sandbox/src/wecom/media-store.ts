import { Injectable } from '@nestjs/common';
import { CORP_ID } from './wecom-world.js';

export type MediaType = 'image' | 'voice' | 'video' | 'file';

export interface MediaUse {
  readonly mediaId: string;
  readonly type: MediaType;
  /** The corp, whose apps share their uploads, or the label of the one robot that may use its own. */
  readonly owner: string;
}

/** The uploads that the fake vendor knows. */
export abstract class MediaStore {
  /** Whether the id exists, has not expired, and fits this type and owner. */
  abstract isUsable(use: MediaUse): boolean;
}

/** `3Img-…` as the vendor's examples have them, `3Rob-…` for uploads through a robot. */
const APP_ID = /^3(Img|Voi|Vid|Fil)-[\w-]+$/;
const ROBOT_ID = /^3Rob-[\w-]+$/;
const TYPES: Readonly<Record<string, MediaType>> = { Img: 'image', Voi: 'voice', Vid: 'video', Fil: 'file' };

/** Believes in every id that has the form of the vendor's examples, for the type that stands in it. */
@Injectable()
export class MediaIdForm extends MediaStore {
  isUsable({ mediaId, type, owner }: MediaUse): boolean {
    if (owner !== CORP_ID) return ROBOT_ID.test(mediaId);
    const [, prefix] = APP_ID.exec(mediaId) ?? [];
    return prefix !== undefined && TYPES[prefix] === type;
  }
}
