import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { learnNorms, normsMoved, type MeasuredNorm } from '@throughline/domain-scoring';
import { Log, type Sweep } from '@throughline/service';
import { readBacklog } from './ring-unscored-customers';
import { activate, activeSettings } from './settings-versions';

/** Fewer contacts teach nothing. */
const enough = 1_000;
/** Norms are of the last this many days of what was recorded, and are learnt anew this often at most. */
const overDays = 92;
const everyDays = 7;
/** A norm that moved by less than this share is as it was: every new version scores every customer anew. */
const movedBy = 0.2;

/** Learns what is usual: length, number of events and wait by family and channel. The first time as soon as there is enough to learn from and nothing waits to be scored. */
@Injectable()
export class LearnNorms implements Sweep {
  readonly name = 'learn-norms';
  readonly everyMs = 60_000;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  async run(): Promise<void> {
    if (!(await this.isTime()) || (await readBacklog(this.database)).unscored > 0) return;
    await this.learn();
  }

  /** Learns now. True: norms moved, and a new version of the settings is in force. */
  async learn(): Promise<boolean> {
    const settings = await activeSettings(this.database);
    const norms = learnNorms(await this.measure(), settings.norms);
    if (!normsMoved(settings.norms, norms, movedBy)) return false;
    await activate(this.database, { ...settings, version: settings.version + 1, norms }, 'learn-norms');
    this.log.info({ version: settings.version + 1 }, 'what is usual was learnt anew, every customer is scored with it');
    return true;
  }

  private async isTime(): Promise<boolean> {
    const [row] = await this.database.query<{ due: boolean }>(
      `select (select count(*) from (select from scoring.contact limit ${enough}) c) = ${enough}
         and not exists (select from scoring.settings_version where activated_by = 'learn-norms' and activated_at > now() - interval '${everyDays} days') as due`,
    );
    return row?.due === true;
  }

  private measure(): Promise<MeasuredNorm[]> {
    return this.database.query<MeasuredNorm>(measureText);
  }
}

const quantiles = (value: 'live_ms' | 'events' | 'wait_ms'): string =>
  `count(*)::integer as "from", percentile_cont(0.5) within group (order by ${value}) as median, percentile_cont(0.75) within group (order by ${value}) as upper`;
const recent = `c.at > (select max(at) from scoring.contact) - interval '${overDays} days' and c.started_by = 'customer' and c.channel is not null`;
const by = 'group by grouping sets ((channel), (family, channel))';
const measureText = `
  select 'lengthMs' as measure, family, channel, ${quantiles('live_ms')} from scoring.contact c where ${recent} ${by}
  union all
  select 'events', family, channel, ${quantiles('events')} from scoring.contact c where ${recent} ${by}
  union all
  select 'waitMs', family, channel, ${quantiles('wait_ms')} from (
    select c.family, c.channel, sum(s.wait_ms) as wait_ms from scoring.contact c join scoring.queue_stay s on s.customer_id = c.customer_id and s.contact = c.anchor
    where ${recent} group by c.customer_id, c.anchor, c.family, c.channel) w ${by}`;
