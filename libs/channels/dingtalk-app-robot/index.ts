export { dingtalkAppRobot } from './dingtalk-app-robot.channel.js';
