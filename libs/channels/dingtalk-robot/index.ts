export { dingtalkRobot } from './dingtalk-robot.channel.js';
