import type { ResourceRef } from '../../core/resources.ts';
import type { IdentityState } from './identities.ts';

/** How a node looks and what it says, free of the editor's types. */
export interface Face {
  readonly label: string;
  readonly description?: string;
  /** A codicon. */
  readonly icon: string;
  /** A theme colour id; never the only sign of what it means. */
  readonly color?: string;
  /** What menus match on: the kind first, then traits, for example `secret;rotates`. */
  readonly contextValue: string;
  readonly expansion: 'none' | 'collapsed' | 'expanded';
  /** The whole of it in words, for a screen reader. */
  readonly spoken: string;
  readonly decoration?: Decoration;
  /** What a click does, where it does more than select. */
  readonly command?: 'loadMore' | 'showKeys' | 'remedy' | 'revealPin';
}

export type Decoration = 'production' | 'overdue' | 'pendingDeletion';

export interface FaceContext {
  readonly now: number;
  readonly identityState: (profile: string) => IdentityState | undefined;
  readonly isProduction: (profile: string) => boolean;
  readonly regionName: (region: string) => string | undefined;
  readonly keys: (ref: ResourceRef) => readonly string[] | undefined;
  readonly isPinned: (ref: ResourceRef) => boolean;
}

/** Without what follows from the rest. */
export type BareFace = Omit<Face, 'spoken'>;
