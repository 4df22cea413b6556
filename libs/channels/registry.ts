import type { ChannelDefinition } from './channel.js';
import { dingtalkAppRobot } from './dingtalk-app-robot/index.js';
import { dingtalkRobot } from './dingtalk-robot/index.js';
import { dingtalkWork } from './dingtalk-work/index.js';
import { wecomApp } from './wecom-app/index.js';
import { wecomCustomer } from './wecom-customer/index.js';
import { wecomRobot } from './wecom-robot/index.js';

/** Every channel of the product. Adding one is adding its folder and its line here. */
export const CHANNELS: readonly ChannelDefinition[] = [
  wecomApp,
  wecomRobot,
  wecomCustomer,
  dingtalkRobot,
  dingtalkWork,
  dingtalkAppRobot,
];
