import { correctionSchema } from '../hierarchy/correction';
import { recordReply } from './command-reply';
import { defineCommand } from './define-command';

/** Records a person's correction; the customers that hold its events are rebuilt with it. */
export const correctHierarchy = defineCommand({ name: 'correct', owner: 'sessionization', request: correctionSchema, reply: recordReply });
