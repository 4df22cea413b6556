import type { ClassOf } from '#libs/core';
import {
  WecomCustomerFile,
  WecomCustomerImage,
  WecomCustomerLink,
  WecomCustomerMiniprogram,
  WecomCustomerVideo,
} from './single-attachments.content.js';
import { WecomCustomerText } from './text.content.js';

/** The content kinds of messages to customers, in the order in which they are offered. */
export const WECOM_CUSTOMER_CONTENTS: readonly ClassOf<object>[] = [
  WecomCustomerText,
  WecomCustomerImage,
  WecomCustomerLink,
  WecomCustomerMiniprogram,
  WecomCustomerVideo,
  WecomCustomerFile,
];
