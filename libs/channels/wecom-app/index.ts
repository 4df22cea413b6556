export { wecomApp } from './wecom-app.channel.js';
