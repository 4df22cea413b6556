import type { FormInstance } from 'antd';
import { ApiError } from '../api/client.js';
import type { Fault } from '../api/types.js';

/** `/routes/0/content` as antd names it. */
export function namePathOf(pointer = ''): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The faults of a refusal, each at its field; `true` when there were some. */
export function showFaults(form: FormInstance, error: unknown): readonly Fault[] {
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  form.setFields(faults.map(({ pointer, message }) => ({ name: namePathOf(pointer), errors: [message] })));
  const first = faults[0];
  if (first) form.scrollToField(namePathOf(first.pointer), { focus: true });
  return faults;
}
