export { oracleHierarchy } from './hierarchy/oracle-hierarchy';
export type { OwnedEvent } from './hierarchy/reading';
export { oracleIdentity, type Founding, type IdentityWorld, type Owner } from './identity/oracle-identity';
export { oracleWorld } from './identity/oracle-world';
export { verify, verifyText, type Difference, type VerifyOptions, type VerifyResult } from './verify/verify';
