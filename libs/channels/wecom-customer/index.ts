export { wecomCustomer } from './wecom-customer.channel.js';
