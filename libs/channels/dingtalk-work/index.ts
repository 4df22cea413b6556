export { dingtalkWork } from './dingtalk-work.channel.js';
