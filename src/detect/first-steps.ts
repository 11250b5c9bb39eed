import type { Event } from '../ecs/event.ts';
import { textOf } from './text-of.ts';

/** What to do first about an event, the most urgent step first. At most three. The rule's own guide goes further. */
export function firstSteps(event: Event): string[] {
  const verdict = textOf(event, 'hoplimit.verdict');
  if (verdict === undefined) return [];
  const steps: string[] = [];
  if (verdict === 'returned' || verdict === 'likely') steps.push(...containment(event));
  steps.push(whoAsked(event));
  if (textOf(event, 'hoplimit.session') === 'v1') steps.push(REQUIRE_V2);
  return steps.slice(0, 3);
}

const REQUIRE_V2 =
  'Require IMDSv2, so that a forged request alone gets nothing: aws ec2 modify-instance-metadata-options --instance-id INSTANCE --http-tokens required';

function containment(event: Event): string[] {
  const role = textOf(event, 'hoplimit.credential.role');
  switch (textOf(event, 'hoplimit.provider')) {
    case 'aws': {
      const key = textOf(event, 'hoplimit.credential.id');
      const search = key
        ? `Search CloudTrail for userIdentity.accessKeyId ${key}: a call from any address but this host's is theft.`
        : 'Search CloudTrail for calls of this role from any address but this host’s.';
      const revoke = `If it was used, revoke the sessions of ${role ? `role ${role}` : 'the role'} (deny all where aws:TokenIssueTime is before now); keys issued later are valid again, so close the hole first.`;
      return [search, revoke];
    }
    case 'azure': {
      const uti = textOf(event, 'hoplimit.credential.claims.uti');
      return [
        uti
          ? `Search the activity and sign-in logs for the token's uti ${uti} and for callers that are not this machine.`
          : 'Search the activity logs of this managed identity for callers that are not this machine.',
        'A token cannot be revoked by itself: remove the role assignments of the identity until you know who has it.',
      ];
    }
    case 'gcp':
      return [
        'Search the audit logs for this service account from addresses that are not this machine’s; a metadata token lives for an hour at most.',
        'If it was used, unbind or disable the service account.',
      ];
    default:
      return ['Search the audit log of the cloud for uses of this credential from anywhere but this host.'];
  }
}

function whoAsked(event: Event): string {
  const process = textOf(event, 'process.executable') ?? textOf(event, 'process.name');
  const host = textOf(event, 'host.name') ?? textOf(event, 'source.ip');
  const where = host === undefined ? '' : ` on ${host}`;
  return process === undefined
    ? `Find out which process${where} asked, and whether that workload has any business with the credential.`
    : `Look at ${process}${where} and what started it: does that workload need the credential?`;
}
