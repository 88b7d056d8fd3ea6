/** For whoever stays up and needs a secret manager once in a while. The launcher, which starts for one read, has them inside. */
export { brokersFor } from './brokers/index.ts';
