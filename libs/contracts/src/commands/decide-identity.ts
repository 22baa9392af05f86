import { decisionSchema } from '../identity/decision';
import { recordReply } from './command-reply';
import { defineCommand } from './define-command';

/** Records a person's word on identity. */
export const decideIdentity = defineCommand({ name: 'decide', owner: 'identity', request: decisionSchema, reply: recordReply });
