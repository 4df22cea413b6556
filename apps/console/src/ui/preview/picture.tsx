import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import { useText } from '../../texts/text-provider.js';
import { shortId } from '../format.js';
import type { LookMedia } from './look.js';

/** The bytes of a file of ours, as an address that only this page knows. */
function useAssetAddress(id: string | undefined): string | undefined {
  const { data } = useQuery({
    queryKey: ['asset-content', id],
    enabled: id !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const path = { id: id ?? '' };
      const { data: blob } = await api.GET('/v1/assets/{id}/content', { params: { path }, parseAs: 'blob' });
      return blob as unknown as Blob;
    },
  });
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return address;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;
const PICTURE_BYTES = /^(iVBORw0KGgo|\/9j\/)/;

/** Files of ours are shown; what lies with strangers is never asked for, only named. */
export function Picture({ media, shape }: { readonly media: LookMedia; readonly shape: string }): ReactNode {
  const t = useText();
  const { isAsset, isBytes, reference } = media;
  const ours = useAssetAddress(isAsset && UUID.test(reference) ? reference : undefined);
  const isShown = isBytes && PICTURE_BYTES.test(reference);
  const type = reference.startsWith('/9j/') ? 'jpeg' : 'png';
  const address = isShown ? `data:image/${type};base64,${reference}` : ours;
  if (address !== undefined) return <img className={`look-image ${shape}`} src={address} alt={t('look.picture')} />;
  return (
    <span className={`look-picture ${shape}`} role="img" aria-label={t('look.pictureOf', { place: placeOf(media) })}>
      <span className="look-picture-sign" aria-hidden>
        ▨
      </span>
      <span className="look-picture-name">{placeOf(media)}</span>
    </span>
  );
}

/** The host of an address, or the first and last characters of a name. */
export function placeOf({ reference }: LookMedia): string {
  if (!/^https?:/i.test(reference)) return shortId(reference);
  try {
    return new URL(reference).host;
  } catch {
    return shortId(reference);
  }
}
