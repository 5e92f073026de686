import type { Event } from '../util/emitter.ts';

/** The text of the AWS config and credentials files, wherever they are. */
export interface AwsFiles {
  read(): Promise<AwsFileTexts>;
  /** One of the files was written, made, replaced or deleted since the last `read`. */
  readonly onDidChange: Event<void>;
}

export interface AwsFileTexts {
  /** Absent when there is no such file. */
  readonly config?: string;
  readonly credentials?: string;
  /** A sentence for each file that is there but could not be read. */
  readonly problems: readonly string[];
}
