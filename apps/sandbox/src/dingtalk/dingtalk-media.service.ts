import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DEMO_FILES } from '../media/demo-files.js';
import { NamedMedia } from '../media/named-media.js';
import { Uploads, type MediaType, type NewUpload, type Upload } from '../media/uploads.service.js';

/** The apps and robots of the fake DingTalk belong to one organisation, which shares its files. */
const ORGANISATION = 'dingtalk';

/** As the vendor's samples have them: not all begin with `@`. */
const PREFIXES: Readonly<Record<MediaType, string>> = { image: '@lADP', voice: '@lATP', video: '$iQEL', file: '@lAz' };

const DEMOS: Readonly<Record<string, MediaType>> = {
  '@lADPDemoImage01': 'image',
  $igEDemoCover01: 'image',
  '@lATPDemoVoice01': 'voice',
  '@IR_PDemoVoice01': 'voice',
  $iQELDemoVideo01: 'video',
  '@lAzDemoFile01': 'file',
};

/** The uploads that the vendor knows. They never expire. */
@Injectable()
export class DingtalkMedia {
  constructor(private readonly uploads: Uploads) {
    for (const [id, type] of Object.entries(DEMOS)) {
      this.uploads.addLasting({ ...DEMO_FILES[type], id, owner: ORGANISATION });
    }
  }

  add(file: Pick<NewUpload, 'type' | 'fileName' | 'contentType' | 'data'>): Upload {
    const id = `${PREFIXES[file.type]}${randomBytes(24).toString('base64url')}`;
    return this.uploads.add({ ...file, id, owner: ORGANISATION });
  }

  /** What one message may name. */
  named(): NamedMedia {
    return new NamedMedia(this.uploads, ORGANISATION);
  }
}
