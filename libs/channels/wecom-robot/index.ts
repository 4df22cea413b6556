export { wecomRobot } from './wecom-robot.channel.js';
