import {
  CustomerGetEndpoint,
  CustomerListEndpoint,
  CustomersOfMembersEndpoint,
  FollowUserListEndpoint,
} from './contact.endpoints.js';
import { CustomerAccess } from './customer-access.service.js';
import { CustomerAudienceResolver } from './customer-audience.service.js';
import { CustomerTasks } from './customer-tasks.service.js';
import { CustomerWorld } from './customer-world.service.js';
import {
  AddMsgTemplateEndpoint,
  CancelGroupMsgEndpoint,
  GroupMsgResultEndpoint,
  GroupMsgTaskEndpoint,
  RemindGroupMsgEndpoint,
} from './task.endpoints.js';

export const CUSTOMER_ENDPOINTS = [
  FollowUserListEndpoint,
  CustomerListEndpoint,
  CustomerGetEndpoint,
  CustomersOfMembersEndpoint,
  AddMsgTemplateEndpoint,
  GroupMsgTaskEndpoint,
  GroupMsgResultEndpoint,
  CancelGroupMsgEndpoint,
  RemindGroupMsgEndpoint,
];

export const CUSTOMER_PROVIDERS = [CustomerAccess, CustomerAudienceResolver, CustomerTasks, CustomerWorld];
