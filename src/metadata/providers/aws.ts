import type { MetadataService } from '../service.ts';

/** The first segment: `latest`, `1.0`, or the date of a version of the API. */
const VERSION = '^/(?:latest|1\\.0|\\d{4}-\\d{2}-\\d{2})';

export const EC2: MetadataService = {
  service: 'ec2',
  provider: 'aws',
  addresses: ['169.254.169.254', 'fd00:ec2::254'],
  hosts: ['instance-data', 'instance-data.ec2.internal'],
  headers: ['x-aws-ec2-metadata-token', 'x-aws-ec2-metadata-token-ttl-seconds'],
  sessionHeader: 'x-aws-ec2-metadata-token',
  paths: [
    { path: new RegExp(`${VERSION}/api/token/?$`, 'i'), class: 'token', method: 'PUT', unmistakable: true },
    { path: new RegExp(`${VERSION}/meta-data/iam/security-credentials/?$`, 'i'), class: 'listing', unmistakable: true },
    {
      path: new RegExp(`${VERSION}/meta-data/iam/security-credentials/(?<role>[^/]+)/?$`, 'i'),
      example: '/latest/meta-data/iam/security-credentials/',
      class: 'credential',
      answer: 'access_key',
      unmistakable: true,
    },
    {
      path: new RegExp(`${VERSION}/meta-data/identity-credentials/ec2/security-credentials/?$`, 'i'),
      class: 'listing',
      unmistakable: true,
    },
    {
      // Keys that say which instance this is and open nothing else; the SSM agent uses them.
      path: new RegExp(`${VERSION}/meta-data/identity-credentials/ec2/security-credentials/(?<role>[^/]+)/?$`, 'i'),
      class: 'credential',
      answer: 'access_key',
      unmistakable: true,
    },
    { path: new RegExp(`${VERSION}/dynamic/instance-identity(?:/|$)`, 'i'), class: 'recon', unmistakable: true },
    { path: new RegExp(`${VERSION}(?:/(?:meta-data|user-data|dynamic)(?:/|$)|/?$)`, 'i'), class: 'recon' },
  ],
  reference: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html',
};

/** Task roles; the path comes from AWS_CONTAINER_CREDENTIALS_RELATIVE_URI. */
export const ECS: MetadataService = {
  service: 'ecs',
  provider: 'aws',
  addresses: ['169.254.170.2'],
  hosts: [],
  headers: [],
  paths: [
    {
      path: /^\/v\d\/credentials\/[0-9a-f]{8}-[0-9a-f-]{27}\/?$/i,
      example: '/v2/credentials/',
      class: 'credential',
      answer: 'access_key',
      unmistakable: true,
    },
    { path: /^\/v\d\/credentials(?:\/|$)/i, class: 'credential', answer: 'access_key' },
    { path: /^\/v\d(?:\/|$)/i, class: 'recon' },
  ],
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
};

/** Asks for `Authorization: <the pod's projected token>`. */
export const EKS_POD_IDENTITY: MetadataService = {
  service: 'eks-pod-identity',
  provider: 'aws',
  addresses: ['169.254.170.23', 'fd00:ec2::23'],
  hosts: [],
  headers: [],
  paths: [{ path: /^\/v1\/credentials\/?$/i, class: 'credential', answer: 'access_key', example: '/v1/credentials' }],
  reference: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
};
