/** What became of one posted item. `quarantined` is accepted too: kept, with the reason, until someone mends or replays it. */
export type ItemStatus = 'accepted' | 'duplicate' | 'quarantined' | 'rejected';

export interface ItemResult {
  /** Position in the posted batch, from 0. */
  readonly index: number;
  readonly status: ItemStatus;
  /** The source's own id, where it could be read. */
  readonly sourceEventId?: string;
  /** The canonical event id, of accepted and duplicate items. */
  readonly eventId?: string;
  /** Of quarantined and rejected items: a code such as `too_deep`, `id_conflict`, `invalid`. */
  readonly reason?: string;
  /** JSON pointer of the field at fault and what to do about it. */
  readonly pointer?: string;
  readonly fix?: string;
}

export interface AcceptResult {
  readonly accepted: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly rejected: number;
  readonly items: readonly ItemResult[];
}
