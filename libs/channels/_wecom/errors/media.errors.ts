import type { ProviderErrorTable } from '../../provider-errors.js';
import { REMEDY, rule } from './rule.js';

/** Uploaded media and their ids (doc 90313). */
export const MEDIA_ERRORS: ProviderErrorTable = {
  '40004': rule('content', 'media_invalid', ['媒体类型无效', 'The media type is not valid'], REMEDY.media),
  '40005': rule('content', 'media_invalid', ['type 参数无效', 'The type of the media is not valid'], REMEDY.media),
  '40006': rule('content', 'media_too_large', ['文件大小无效', 'The size of the file is not valid'], REMEDY.media),
  '40007': rule(
    'media',
    'media_expired',
    ['media_id 无效或已过期', 'The media id is not valid or has expired'],
    REMEDY.media,
  ),
  '40145': rule('media', 'media_expired', ['media_id 已过期', 'The media id has expired'], REMEDY.media),
  '40009': rule('content', 'media_too_large', ['图片大小无效', 'The size of the picture is not valid'], REMEDY.media),
  '40011': rule('content', 'media_too_large', ['视频大小无效', 'The size of the video is not valid'], REMEDY.media),
  '40123': rule('content', 'media_invalid', ['不是有效的图片', 'This is not a valid picture'], REMEDY.media),
  '44001': rule('content', 'media_missing', ['素材数据为空', 'The media data is empty'], REMEDY.media),
  '45001': rule('content', 'media_too_large', ['素材过大', 'The media is too large'], REMEDY.media),
  '45007': rule('content', 'media_too_large', ['语音超过 60 秒', 'The voice is longer than 60 s'], REMEDY.media),
  '301015': rule('media', 'media_invalid', ['media_id 无效', 'The media id is not valid'], REMEDY.media),
  '301016': rule('content', 'media_invalid', ['语音不符合要求', 'The voice breaks the rules'], REMEDY.media),
  '301017': rule('content', 'media_invalid', ['语音只支持 AMR', 'Only AMR voice is supported'], REMEDY.media),
  '301019': rule('content', 'media_invalid', ['文件 MD5 不匹配', 'The MD5 of the file does not match'], REMEDY.media),
};
