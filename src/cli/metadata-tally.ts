import type { HttpEvent } from '../ecs/http-event.ts';
import type { Verdict } from '../metadata/assess.ts';

/** Counts what was asked of metadata services. */
export class MetadataTally {
  requests = 0;
  /** Requests for a credential by what came back, and those of them that raised an alert. */
  readonly verdicts = new Map<Verdict, number>();
  credentialRequests = 0;
  alerted = 0;

  add(event: HttpEvent, isAlerted: boolean): void {
    const assessment = event.assessment;
    if (assessment === null) return;
    this.requests++;
    const { verdict } = assessment;
    if (verdict === null) return;
    this.credentialRequests++;
    if (isAlerted) this.alerted++;
    this.verdicts.set(verdict, (this.verdicts.get(verdict) ?? 0) + 1);
  }
}
