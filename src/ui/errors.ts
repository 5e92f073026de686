import * as l10n from '@vscode/l10n';

import { failureDetails } from '../core/failureDetails.ts';
import type { Log } from '../core/ports.ts';
import { isCancelled, UserError } from '../core/userError.ts';
import type { Remedy } from '../core/userError.ts';

/** Shows a failure with its buttons, and what the buttons do. The editor's side is `FailureMessages`. */
export interface FailureView {
  /** Resolves with the button that was pressed. */
  show(message: string, buttons: readonly string[]): PromiseLike<string | undefined>;
  showLog(): void;
  openConfig(): PromiseLike<void>;
  manageTrust(): PromiseLike<void>;
  /** Asks which profile when none is given. Resolves false when the person declined. */
  signIn(profile: string | undefined): Promise<boolean>;
}

export interface FailureBoundary {
  readonly log: Log;
  readonly view: FailureView;
}

export interface Action {
  /** What it does, as the end of "Something unexpected happened while …": `copying a value`. */
  readonly doing: string;
  /** Whom "Sign In…" signs in, where the action knows it. */
  readonly profile?: string;
}

/**
 * The one place where failures are told. Nobody waits for the buttons: the returned promise ends with the action, and an
 * action that is repeated comes through here again.
 */
export async function withErrorBoundary(
  boundary: FailureBoundary,
  action: Action,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isCancelled(error)) {
      boundary.log.error(`${action.doing}: ${failureDetails(error)}`);
      void offer(boundary, action, error, run); // Ends with the message; its own failures are told there.
    }
  }
}

async function offer(
  boundary: FailureBoundary,
  action: Action,
  error: unknown,
  run: () => Promise<void>,
): Promise<void> {
  const { message, remedies } = toldFailure(action, error);
  const offers = remedies.map((remedy) => ({ remedy, button: buttonOf(remedy) }));
  const pressed = await boundary.view.show(
    message,
    offers.map(({ button }) => button),
  );
  const remedy = offers.find(({ button }) => button === pressed)?.remedy;
  if (remedy) {
    const profile = (error instanceof UserError ? error.profile : undefined) ?? action.profile;
    const again = (): Promise<void> => withErrorBoundary(boundary, action, run);
    await withErrorBoundary(boundary, action, () => apply(boundary.view, remedy, profile, again));
  }
}

function toldFailure(
  { doing }: Action,
  error: unknown,
): { readonly message: string; readonly remedies: readonly Remedy[] } {
  return error instanceof UserError
    ? error
    : {
        message: l10n.t('Something unexpected happened while {0}. The log has the details.', doing),
        remedies: ['show-log'],
      };
}

function buttonOf(remedy: Remedy): string {
  switch (remedy) {
    case 'retry':
      return l10n.t('Retry');
    case 'sign-in':
      return l10n.t('Sign In…');
    case 'open-config':
      return l10n.t('Open AWS Config');
    case 'show-log':
      return l10n.t('Show Log');
    case 'trust-workspace':
      return l10n.t('Manage Workspace Trust');
  }
}

/** `again` has a boundary of its own: "Retry" of what fails after a sign-in does not sign in again. */
async function apply(
  view: FailureView,
  remedy: Remedy,
  profile: string | undefined,
  again: () => Promise<void>,
): Promise<void> {
  switch (remedy) {
    case 'retry':
      await again();
      return;
    case 'sign-in':
      if (await view.signIn(profile)) {
        await again();
      }
      return;
    case 'open-config':
      await view.openConfig();
      return;
    case 'show-log':
      view.showLog();
      return;
    case 'trust-workspace':
      await view.manageTrust();
      return;
  }
}
