import * as l10n from '@vscode/l10n';
import { failureDetails } from '../../core/failureDetails.ts';
import type { Log } from '../../core/ports.ts';
import { isCancelled, UserError } from '../../core/userError.ts';
import { profileOf, type Node, type ProblemNode, type ProfileNode } from './nodes.ts';

/** Tells failures in the tree, and the details of each once in the log. */
export class Problems {
  readonly #log: Log;
  readonly #logged = new WeakSet<Error>();

  constructor(log: Log) {
    this.#log = log;
  }

  node(parent: Node, error: unknown): ProblemNode {
    if (error instanceof Error && !isCancelled(error) && !this.#logged.has(error)) {
      this.#logged.add(error);
      this.#log.error(failureDetails(error));
    }
    return problemNode(parent, error);
  }
}

/** A failure as a node: the sentence, and what the person can do about it. Always at least "Retry". */
function problemNode(parent: Node, error: unknown): ProblemNode {
  const profile = profileOf(parent);
  return {
    kind: 'problem',
    parent,
    ...told(error),
    ...(profile === undefined ? {} : { profile }),
  };
}

function told(error: unknown): Pick<ProblemNode, 'message' | 'remedies'> {
  if (error instanceof UserError) {
    const { message, remedies } = error;
    return { message, remedies: remedies.includes('retry') ? remedies : [...remedies, 'retry'] };
  }
  return isCancelled(error)
    ? { message: l10n.t('Loading was cancelled.'), remedies: ['retry'] }
    : {
        message: l10n.t('Something unexpected happened. The log has the details.'),
        remedies: ['retry', 'show-log'],
      };
}

export function noRegionNode(parent: ProfileNode): ProblemNode {
  const { id, label } = parent.profile;
  const message = l10n.t('Profile “{0}” has no region. Add one with “Add Region…”.', label);
  return { kind: 'problem', parent, message, remedies: ['open-config'], profile: id };
}

export function configProblemNode(message: string): ProblemNode {
  return { kind: 'problem', message, remedies: ['open-config'] };
}
