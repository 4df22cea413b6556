import { AmbiguousDeliveryError, RetryableDeliveryError } from '#libs/core';

/**
 * Makes an upload. Nobody sees an upload that arrived twice, and no message has left yet: what may have arrived may be
 * repeated. It uses an attempt, so that a file that never gets through comes to an end.
 */
export async function repeatableUpload<T>(upload: () => Promise<T>): Promise<T> {
  try {
    return await upload();
  } catch (error) {
    if (!(error instanceof AmbiguousDeliveryError)) throw error;
    throw new RetryableDeliveryError('provider_error', `Uploading a file: ${error.message}`, true, { cause: error });
  }
}
