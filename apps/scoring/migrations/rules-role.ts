import type { ServiceRole } from '@throughline/database';

/**
 * The role under which the rules of segments run: it sees the views that a rule may speak of and nothing else, writes nothing, and is stopped when it takes too long.
 * A rule is data that people wrote; this is what remains should a statement of one ever be wrong.
 */
export const rulesRole = (password: string): ServiceRole => ({
  name: 'tl_rules',
  password,
  views: [
    'identity.read_identifier',
    'scoring.read_answer',
    'scoring.read_contact',
    'scoring.read_customer',
    'scoring.read_engagement',
    'scoring.read_menu_visit',
    'scoring.read_queue_stay',
    'scoring.read_segment_member',
  ],
  settings: {
    default_transaction_read_only: 'on',
    statement_timeout: '5s',
    idle_in_transaction_session_timeout: '10s',
    work_mem: '32MB',
    // Its compiling costs more than it saves where the answer is due in 300 ms.
    jit: 'off',
  },
});
