import { Injectable } from '@nestjs/common';
import { formPartsOf, type FormPart } from '../exchange/form-data.js';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { formatOf, type FileFormat } from '../media/file-format.js';
import type { MediaType } from '../media/uploads.service.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { DingtalkMedia } from './dingtalk-media.service.js';

const MB = 1024 * 1024;

interface Rule {
  readonly mostBytes: number;
  /** File extension → what the bytes must be. */
  readonly formats: Readonly<Record<string, FileFormat>>;
}

/** Page `upload-media-files`. Office files are archives, or in their older form compound documents. */
const RULES: Readonly<Record<MediaType, Rule>> = {
  image: { mostBytes: 20 * MB, formats: { jpg: 'jpg', jpeg: 'jpg', gif: 'gif', png: 'png', bmp: 'bmp' } },
  voice: { mostBytes: 2 * MB, formats: { amr: 'amr', mp3: 'mp3', wav: 'wav' } },
  video: { mostBytes: 20 * MB, formats: { mp4: 'mp4' } },
  file: {
    mostBytes: 20 * MB,
    formats: {
      doc: 'ole',
      docx: 'zip',
      xls: 'ole',
      xlsx: 'zip',
      ppt: 'ole',
      pptx: 'zip',
      zip: 'zip',
      pdf: 'pdf',
      rar: 'rar',
    },
  },
};

/** Files for every kind of message that names one by its media id. */
@Injectable()
export class DingtalkMediaEndpoint implements Endpoint {
  readonly path = '/media/upload';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-work';

  constructor(
    private readonly access: DingtalkAccess,
    private readonly media: DingtalkMedia,
  ) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    const parts = formPartsOf(call);
    if (!parts) throw new Refusal(43008, '需要multipart类型');
    const type = typeIn(call, parts);
    const file = parts.find(({ name, fileName }) => name === 'media' && fileName);
    if (!file?.fileName) throw new Refusal(41005, '缺少多媒体文件数据');
    judge(file.data, file.fileName, RULES[type]);
    const { contentType, data, fileName } = file;
    const { id, createdAtMs } = this.media.add({ type, fileName, contentType, data });
    return json({ errcode: 0, errmsg: 'ok', type, media_id: id, created_at: createdAtMs });
  }
}

/** `type` may stand in the query or in the form. */
function typeIn({ query }: VendorCall, parts: readonly FormPart[]): MediaType {
  const field = parts.find(({ name, fileName }) => name === 'type' && fileName === undefined);
  const type = query['type'] ?? field?.data.toString();
  if (type === 'image' || type === 'voice' || type === 'video' || type === 'file') return type;
  throw new Refusal(40004, '不合法的媒体文件类型');
}

function judge(data: Buffer, fileName: string, { formats, mostBytes }: Rule): void {
  if (data.length === 0) throw new Refusal(44001, '空白的多媒体文件');
  if (data.length > mostBytes) throw new Refusal(40006, '不合法的文件大小');
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const expected = Object.hasOwn(formats, extension) ? formats[extension] : undefined;
  if (!expected || formatOf(data) !== expected) throw new Refusal(40005, '不合法的文件类型');
}
