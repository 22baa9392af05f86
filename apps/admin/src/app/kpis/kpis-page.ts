import { ChangeDetectionStrategy, Component, computed, DestroyRef, effect, inject, untracked, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { texts } from '../../texts';
import { Live } from '../shell/live';
import { Session } from '../shell/session';
import { Shortcuts } from '../shell/shortcuts';
import { Card } from '../ui/card';
import { Drawer } from '../ui/drawer';
import { formatNumber } from '../ui/format';
import { PageHead } from '../ui/page-head';
import { State } from '../ui/state';
import { KpiAddress, unknownValue } from './kpi-address';
import { KpiBreakdown } from './kpi-breakdown';
import { KpiControls, KpiFilters } from './kpi-controls';
import { KpiDefinition } from './kpi-definition';
import { dayWords } from './kpi-days';
import { KpiMoved } from './kpi-moved';
import { KpiNumber } from './kpi-number';
import { KpiParts } from './kpi-parts';
import { KpiTile } from './kpi-tile';
import { KpiTrend } from './kpi-trend';
import { KpisStore } from './kpis-store';

/** Between two readings of the tiles while scores change: ten times what the last one took, at least this. */
const leastRestMs = 1_000;

/** Are we better or worse than before, where, and is it real? */
@Component({
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [PageHead, Card, State, Drawer, KpiTile, KpiControls, KpiFilters, KpiNumber, KpiParts, KpiTrend, KpiMoved, KpiBreakdown, KpiDefinition],
  providers: [KpisStore, KpiAddress],
  template: `
    <tl-page-head [heading]="text.title">
      <span sub>{{ days() }}</span>
      <tl-kpi-parts />
      <tl-kpi-controls [overview]="store.overview.answer()" [segments]="store.segments()" />
    </tl-page-head>
    <div class="tl-page">
      @if (address.filters().length > 0 || agents()) {
        <div class="tl-row">
          <tl-kpi-filters [names]="answer()?.asked.names" />
          @if (agents(); as words) {
            <span class="tl-chip">{{ words }}</span>
          }
        </div>
      }
      @if (store.overview.state(); as state) {
        @if (state === 'loading') {
          <div class="tiles" aria-busy="true">
            @for (bone of bones; track bone) {
              <div class="bone"></div>
            }
          </div>
        } @else {
          <tl-card><tl-state [state]="state" [problem]="store.overview.problem()" (acted)="again()" /></tl-card>
        }
      } @else if (isFirst()) {
        <tl-card>
          <tl-state
            state="empty"
            [sentence]="text.first.title"
            [detail]="text.first.detail"
            [action]="maySeeSources ? text.first.action : ''"
            (acted)="openSources()"
          />
        </tl-card>
      } @else {
        <div class="tiles" role="group" [attr.aria-label]="text.tiles" [class.busy]="store.overview.busy() && changed()">
          @for (tile of tiles(); track tile.metric) {
            @if (store.definitions().get(tile.metric); as definition) {
              <tl-kpi-tile
                [definition]="definition"
                [tile]="tile"
                [naive]="tile.metric === 'fcr.true' ? tileOf('fcr.channel') : undefined"
                [naiveDefinition]="store.definitions().get('fcr.channel')"
                [naiveRows]="address.linkToRows('fcr.channel')"
                [than]="compared()?.words"
                [on]="tile.metric === address.metric()"
                [rows]="address.linkToRows(tile.metric)"
                (chosen)="address.metric.set(tile.metric)"
                (defined)="address.defined.set(tile.metric)"
              />
            }
          }
        </div>
        @if (definition(); as definition) {
          <tl-kpi-number [definitions]="store.registry()?.metrics ?? []" [definition]="definition" [figure]="untiled()" />
          <div class="tl-two">
            <tl-kpi-trend
              [definition]="definition"
              [tile]="tileOf(definition.id)"
              [series]="store.series"
              [moved]="store.moved.answer()"
              [falseSuccess]="tileOf('fcr.falseSuccess')"
              (again)="again()"
            />
            <tl-kpi-moved [definition]="definition" [moved]="store.moved" [comparing]="address.compare() !== 'none'" (again)="again()" />
          </div>
          <tl-kpi-breakdown [definition]="definition" [definitions]="store.definitions()" [breakdown]="store.breakdown" (again)="again()" />
        }
      }
    </div>
    @if (defined(); as definition) {
      <tl-drawer [heading]="definition.title" (closed)="address.defined.set('')">
        <tl-kpi-definition [definition]="definition" [tile]="tileOf(definition.id)" />
      </tl-drawer>
    }
  `,
  styleUrl: './kpis-page.css',
})
export class KpisPage {
  protected readonly store = inject(KpisStore);
  protected readonly address = inject(KpiAddress);
  private readonly router = inject(Router);
  private readonly cut = viewChild(KpiBreakdown);
  protected readonly text = texts.kpis;
  protected readonly bones = [1, 2, 3, 4, 5, 6, 7, 8];
  private readonly session = inject(Session);
  protected readonly maySeeSources = this.session.can('source.read');

  protected readonly answer = this.store.overview.answer;
  protected readonly compared = computed(() => this.answer()?.asked.compared);
  protected readonly tiles = computed(() => {
    const ids = this.store.registry()?.tiles ?? [];
    return ids.flatMap((id) => this.tileOf(id) ?? []);
  });
  /** The chosen metric, as far as there is one of this name and this caller may see it. */
  protected readonly definition = computed(() => this.store.definitions().get(this.address.metric()) ?? this.store.definitions().get('fcr.true'));
  /** The chosen metric as a whole where no tile shows it: the breakdown knows. */
  protected readonly untiled = computed(() => {
    const [chosen, breakdown] = [this.definition()?.id, this.store.breakdown.answer()];
    return breakdown?.metric === chosen && !this.store.registry()?.tiles.includes(chosen!) ? breakdown?.total : undefined;
  });
  protected readonly defined = computed(() => this.store.definitions().get(this.address.defined()));
  protected readonly days = computed(() => {
    const asked = this.answer()?.asked;
    return asked ? dayWords(asked.period) : '';
  });
  protected readonly agents = computed(() => {
    const agents = this.answer()?.asked.agents;
    return agents == null ? '' : this.text.ownAgents(formatNumber(agents));
  });
  protected readonly isFirst = computed(() => this.answer()?.freshness.newestContactAt === null && this.tiles().every(({ now }) => now.n === 0));
  /** The tiles on the screen answer another question than the one asked now. */
  protected readonly changed = computed(() => {
    const asked = this.answer()?.asked;
    if (asked === undefined) return false;
    const chosen = this.address.filters().map(({ dimension, values }) => `${dimension} ${values.join()}`);
    const answered = Object.entries(asked.filters).map(([dimension, values]) => `${dimension} ${values.map((value) => value ?? unknownValue).join()}`);
    return asked.range !== this.address.range() || asked.zone !== this.address.zone() || chosen.sort().join() !== answered.sort().join();
  });

  constructor() {
    void this.store.open();
    if (this.session.can('segment.read')) void this.store.loadSegments();
    const { store, address } = this;
    effect(() => {
      const question = address.question();
      untracked(() => void store.loadTiles(question));
    });
    effect(() => {
      const [definition, question] = [this.definition(), address.question()];
      if (definition) untracked(() => void store.loadSeries(definition.id, question));
    });
    effect(() => {
      const [definition, by, question] = [this.definition(), this.usable(address.movedBy()), address.question()];
      if (definition && by && by !== 'segment' && question['compare'] !== 'none') untracked(() => void store.loadMoved(definition.id, by, question));
      else untracked(() => store.moved.clear());
    });
    effect(() => {
      const [definition, by, question] = [this.definition(), this.usable(address.by()), address.question()];
      if (definition && by) untracked(() => void store.loadBreakdown(definition.id, by, question));
    });
    this.follow();
    this.addKeys();
  }

  protected tileOf(id: string) {
    return this.answer()?.tiles.find(({ metric }) => metric === id);
  }

  protected again(): void {
    const [question, definition] = [this.address.question(), this.definition()];
    if (!definition) void this.store.open();
    void this.store.loadTiles(question);
    if (!definition) return;
    void this.store.loadSeries(definition.id, question);
    const [by, movedBy] = [this.usable(this.address.by()), this.usable(this.address.movedBy())];
    if (by) void this.store.loadBreakdown(definition.id, by, question);
    if (movedBy && question['compare'] !== 'none') void this.store.loadMoved(definition.id, movedBy, question);
  }

  protected openSources(): void {
    void this.router.navigate(['/sources']);
  }

  /** A dimension that the chosen metric's rows know; their intent or channel where they do not know the chosen one. */
  private usable<Dimension extends string>(dimension: Dimension): Dimension | 'intent' | undefined {
    const definition = this.definition();
    if (!definition) return undefined;
    return (definition.notBy as readonly string[]).includes(dimension) ? 'intent' : dimension;
  }

  /** Numbers follow what happens: when scores change the tiles are read again, the more rarely the longer it takes. */
  private follow(): void {
    let restUntil = 0;
    let isWaiting = false;
    const read = async (): Promise<void> => {
      isWaiting = false;
      if (document.hidden) return;
      const began = performance.now();
      await this.store.loadTiles(this.address.question());
      restUntil = performance.now() + Math.max(leastRestMs, 10 * (performance.now() - began));
    };
    inject(Live).on(
      ['scores'],
      () => {
        if (isWaiting) return;
        isWaiting = true;
        setTimeout(() => void read(), Math.max(0, restUntil - performance.now()));
      },
      inject(DestroyRef),
    );
  }

  private addKeys(): void {
    const { keys } = this.text;
    const tiles = Array.from({ length: 8 }, (_, place) => ({
      keys: String(place + 1),
      label: keys.tile(place + 1, ''),
      run: () => {
        const tile = this.tiles()[place];
        if (tile) this.address.metric.set(tile.metric);
      },
    }));
    inject(Shortcuts).add([
      ...tiles,
      { keys: 'b', label: keys.breakdown, run: () => this.cut()?.focus() },
      { keys: 'o', label: keys.rows, run: () => this.openRows() },
      { keys: 'd', label: keys.define, run: () => this.address.defined.set(this.address.metric()) },
      { keys: 'm', label: texts.menus.keys.open, run: () => void this.router.navigate(['/kpi/menus'], { queryParams: this.address.question() }) },
      { keys: 'Escape', label: texts.ui.close, run: () => this.address.defined.set('') },
    ]);
  }

  private openRows(): void {
    const { commands, queryParams } = this.address.linkToRows(this.address.metric());
    void this.router.navigate([...commands], { queryParams });
  }
}
