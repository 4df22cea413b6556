import type { Hit } from '../../api/types.js';

const PLACES: Readonly<Record<Hit['type'], (id: string) => string>> = {
  person: (id) => `/why?ref=${id}`,
  message: (id) => `/messages/${id}`,
  provider_msg: (id) => `/messages/${id}`,
  business_key: (id) => `/messages?businessKey=${id}&from=-30d`,
  batch: (id) => `/messages?batchId=${id}&from=-30d`,
  recall: (id) => `/recalls/${id}`,
  template: (id) => `/templates/${id}`,
  account: (id) => `/accounts/${id}`,
};

/** Where a hit is shown. */
export const placeOfHit = ({ type, id }: Hit): string => PLACES[type](encodeURIComponent(id));
