import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DEMO_FILES } from '../media/demo-files.js';
import { NamedMedia } from '../media/named-media.js';
import { Uploads, type MediaType, type NewUpload, type Upload } from '../media/uploads.service.js';
import { CORP_ID, ROBOT_LABELS } from './wecom-world.js';

const LIFETIME_MS = 3 * 86_400_000;

/** As the vendor's examples have them. */
const PREFIXES: Readonly<Record<MediaType, string>> = { image: '3Img', voice: '3Voi', video: '3Vid', file: '3Fil' };
const ROBOT_PREFIX = '3Rob';

/** The ids of the vendor's examples, which never expire here. */
const CORP_DEMOS: Readonly<Record<string, MediaType>> = {
  '3Img-7hK2p_Qw91': 'image',
  '3Voi-0aa81kLm2': 'voice',
  '3Vid-55cXz9': 'video',
  '3Fil-93Tr0b': 'file',
};
const ROBOT_DEMOS: Readonly<Record<string, MediaType>> = { '3Rob-k20Xy': 'file', '3Rob-v81Qa': 'voice' };

export type WecomFile = Pick<NewUpload, 'type' | 'fileName' | 'contentType' | 'data'>;

/** The uploads that the vendor knows: of the corp, whose apps share them, and of each robot for itself. */
@Injectable()
export class WecomMedia {
  constructor(private readonly uploads: Uploads) {
    this.addDemos(CORP_ID, CORP_DEMOS);
    for (const robot of ROBOT_LABELS) this.addDemos(robot, ROBOT_DEMOS);
  }

  /** `owner` is the corp, or the label of a robot. */
  add(owner: string, file: WecomFile): Upload {
    const id = `${owner === CORP_ID ? PREFIXES[file.type] : ROBOT_PREFIX}-${randomBytes(24).toString('base64url')}`;
    return this.uploads.add({ ...file, id, owner, lifetimeMs: LIFETIME_MS });
  }

  /** A picture that has an address instead of an id, for ever. */
  addPicture(file: WecomFile): Upload {
    return this.uploads.add({ ...file, id: `picture-${randomBytes(24).toString('base64url')}`, owner: 'pictures' });
  }

  /** What one message of the owner may name. */
  namedBy(owner: string): NamedMedia {
    return new NamedMedia(this.uploads, owner);
  }

  ofCorp(id: string): Upload | undefined {
    return this.uploads.find({ id, owner: CORP_ID });
  }

  private addDemos(owner: string, demos: Readonly<Record<string, MediaType>>): void {
    for (const [id, type] of Object.entries(demos)) this.uploads.addLasting({ ...DEMO_FILES[type], id, owner });
  }
}
