import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { attachment } from '../media/attachment.js';
import { mediaPath } from '../media/media-address.js';
import type { Upload } from '../media/uploads.service.js';
import { RateLimits } from '../state/rate-limits.js';
import type { RateRule } from '../state/rate-window.js';
import { addressedPictureIn, fileIn, typeIn } from './uploaded-file.js';
import { WecomAccess } from './wecom-access.service.js';
import { WecomMedia } from './wecom-media.service.js';
import { CORP_ID, robotLabel } from './wecom-world.js';

/** The vendor writes the time, in seconds, as text. */
const uploaded = ({ type, id, createdAtMs }: Upload): VendorAnswer =>
  json({ errcode: 0, errmsg: '', type, media_id: id, created_at: String(Math.floor(createdAtMs / 1000)) });

/** Files that every app of the corp may send for three days (doc 90253). */
@Injectable()
export class MediaUploadEndpoint implements Endpoint {
  readonly path = '/cgi-bin/media/upload';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly media: WecomMedia,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    const type = typeIn(call, ['image', 'voice', 'video', 'file']);
    return uploaded(this.media.add(CORP_ID, fileIn(call, type)));
  }
}

/** Calls of the corp; the limit of a month is left out. */
const PICTURES_PER_DAY: RateRule = { limit: 1000, windowMs: 86_400_000, blockMs: 0 };

/** Pictures with an address of their own (doc 90256). */
@Injectable()
export class PictureUploadEndpoint implements Endpoint {
  readonly path = '/cgi-bin/media/uploadimg';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly limits: RateLimits,
    private readonly media: WecomMedia,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    if (!this.limits.admits(PICTURES_PER_DAY, CORP_ID)) throw new Refusal(45009, 'api freq out of limit');
    const { no } = this.media.addPicture(addressedPictureIn(call));
    return json({ errcode: 0, errmsg: 'ok', url: `http://${call.headers.host ?? 'localhost'}${mediaPath(no)}` });
  }
}

/** Hands a file of the corp back (doc 90254). */
@Injectable()
export class MediaGetEndpoint implements Endpoint {
  readonly path = '/cgi-bin/media/get';
  readonly methods = ['GET'] as const;
  readonly channel = 'wecom-app';

  constructor(
    private readonly access: WecomAccess,
    private readonly media: WecomMedia,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    const mediaId = call.query['media_id'];
    if (!mediaId) throw new Refusal(41006, 'missing media_id');
    const upload = this.media.ofCorp(mediaId);
    if (!upload?.data) throw new Refusal(40007, 'invalid media_id');
    const { contentType, data, fileName } = upload;
    const headers = { 'content-type': contentType, 'content-disposition': attachment(fileName) };
    return { status: 200, body: data, headers };
  }
}

/** Files that this one robot may send for three days (doc 91770). */
@Injectable()
export class RobotUploadEndpoint implements Endpoint {
  readonly path = '/cgi-bin/webhook/upload_media';
  readonly methods = ['POST'] as const;
  readonly channel = 'wecom-robot';

  constructor(private readonly media: WecomMedia) {}

  accountOf({ query }: VendorCall): string | undefined {
    return robotLabel(query['key']);
  }

  handle(call: VendorCall): VendorAnswer {
    const robot = this.accountOf(call);
    if (robot === undefined) throw new Refusal(93000, 'invalid webhook url');
    return uploaded(this.media.add(robot, fileIn(call, typeIn(call, ['file', 'voice']))));
  }
}
